import type { Rule } from './engine/rule.ts';
import { authenticationRules } from './rules/authentication.ts';
import { brandColorRules } from './rules/brand-color.ts';
import { connectionParameterRules } from './rules/connection-parameters.ts';
import { certificationTextRules } from './rules/certification-texts.ts';
import { annotationRules } from './rules/annotations.ts';
import { documentRules } from './rules/document.ts';
import { dynamicOperationRules } from './rules/dynamic-operations.ts';
import { dynamicShapeRules } from './rules/dynamic-shape.ts';
import { enumValueRules } from './rules/enum-values.ts';
import { extensionRules } from './rules/extensions.ts';
import { fileRules } from './rules/files.ts';
import { hostRules } from './rules/hosts.ts';
import { iconRules } from './rules/icon.ts';
import { internalValueRules } from './rules/internal-values.ts';
import { jsonRules } from './rules/json.ts';
import { metadataRules } from './rules/metadata.ts';
import { operationTextRules } from './rules/operation-texts.ts';
import { oAuthCustomParameterRules } from './rules/oauth-custom-parameters.ts';
import { oAuthSettingsRules } from './rules/oauth-settings.ts';
import { notificationUrlRules } from './rules/notification-urls.ts';
import { operationRules } from './rules/operations.ts';
import { parameterListRules } from './rules/parameter-lists.ts';
import { parameterTextRules } from './rules/parameter-texts.ts';
import { parameterRules } from './rules/parameters.ts';
import { pathParameterRules } from './rules/path-parameters.ts';
import { pathRules } from './rules/paths.ts';
import { parameterSetRules } from './rules/parameter-sets.ts';
import { policyRules } from './rules/policies.ts';
import { policyValueRules } from './rules/policy-values.ts';
import { propertiesRules } from './rules/properties.ts';
import { referenceRules } from './rules/references.ts';
import { responseRules } from './rules/responses.ts';
import { schemaRules } from './rules/schemas.ts';
import { schemeRules } from './rules/schemes.ts';
import { scriptCodeRules } from './rules/script-code.ts';
import { scriptOperationRules } from './rules/script-operations.ts';
import { scriptRules } from './rules/script.ts';
import { securityRules } from './rules/security.ts';
import { settingsRules } from './rules/settings.ts';
import { testConnectionRules } from './rules/test-connection.ts';
import { triggerRules } from './rules/triggers.ts';
import { uiDefinitionRules } from './rules/ui-definitions.ts';
import { unusedRules } from './rules/unused.ts';
import { webhookRules } from './rules/webhooks.ts';

export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** All rules, grouped by what they read, in the order of the rule reference. */
export const ruleGroups: readonly RuleGroup[] = [
  { title: 'JSON and files', rules: [...jsonRules, ...fileRules] },
  { title: 'Document', rules: [...documentRules, ...hostRules, ...schemeRules] },
  { title: 'Certification texts and metadata', rules: [...certificationTextRules, ...metadataRules] },
  {
    title: 'Paths and operations',
    rules: [...pathRules, ...operationRules, ...operationTextRules, ...responseRules],
  },
  {
    title: 'Parameters',
    rules: [
      ...parameterRules,
      ...parameterListRules,
      ...pathParameterRules,
      ...parameterTextRules,
      ...internalValueRules,
    ],
  },
  { title: 'References and schemas', rules: [...referenceRules, ...schemaRules, ...unusedRules] },
  {
    title: 'Extensions',
    rules: [
      ...extensionRules,
      ...triggerRules,
      ...webhookRules,
      ...notificationUrlRules,
      ...dynamicShapeRules,
      ...dynamicOperationRules,
      ...enumValueRules,
      ...annotationRules,
      ...testConnectionRules,
    ],
  },
  { title: 'Security definitions', rules: securityRules },
  {
    title: 'API properties',
    rules: [
      ...brandColorRules,
      ...propertiesRules,
      ...connectionParameterRules,
      ...oAuthSettingsRules,
      ...oAuthCustomParameterRules,
      ...uiDefinitionRules,
      ...parameterSetRules,
      ...authenticationRules,
    ],
  },
  { title: 'Policy templates', rules: [...policyRules, ...policyValueRules] },
  { title: 'Script', rules: [...scriptRules, ...scriptCodeRules, ...scriptOperationRules] },
  { title: 'Icon', rules: iconRules },
  { title: 'Settings', rules: settingsRules },
];

export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules);

export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Not a rule of its own, but said when other rules had too much to say. */
export const tooManyFindings: Rule = {
  id: 'too-many-findings',
  level: 'info',
  message: '{count} more findings ({severity}) of this file are not listed.',
  reason: 'A list that nobody can read to its end helps nobody.',
  sources: ['PC'],
  good: [{}],
  bad: [{}],
};
