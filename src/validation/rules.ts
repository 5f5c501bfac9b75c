import type { Rule } from './engine/rule.ts';
import { aadCertificateRules } from './rules/aadcertificate.ts';
import { agenticProtocolRules } from './rules/agentic-protocol.ts';
import { allowEmptyValueRules } from './rules/allow-empty-value.ts';
import { allowedValuesRules } from './rules/allowed-values.ts';
import { annotationRules } from './rules/annotation.ts';
import { arrayRules } from './rules/array.ts';
import { authRules } from './rules/auth.ts';
import { basePathRules } from './rules/base-path.ts';
import { binaryRules } from './rules/binary.ts';
import { bodyRules } from './rules/body.ts';
import { brandColorRules } from './rules/brand-color.ts';
import { capabilityRules } from './rules/capability.ts';
import { changeRules } from './rules/change.ts';
import { collectionFormatRules } from './rules/collection-format.ts';
import { connectionParameterRules } from './rules/connection-parameter.ts';
import { constraintRules, uiConstraintRules } from './rules/constraint.ts';
import { contactRules } from './rules/contact.ts';
import { defaultRules } from './rules/default.ts';
import { defaultResponseRules } from './rules/default-response.ts';
import { definitionRules } from './rules/definition.ts';
import { deprecatedRules } from './rules/deprecated.ts';
import { descriptionRules } from './rules/description.ts';
import { discriminatorRules } from './rules/discriminator.ts';
import { dynamicRules } from './rules/dynamic.ts';
import { dynamicParameterRules } from './rules/dynamic-parameter.ts';
import { dynamicReferenceRules } from './rules/dynamic-reference.ts';
import { environmentVariableRules } from './rules/environment-variable.ts';
import { environmentsRules } from './rules/environments.ts';
import { enumRules } from './rules/enum.ts';
import { enumValuesRules } from './rules/enum-values.ts';
import { exclusiveRules } from './rules/exclusive.ts';
import { extensionRules } from './rules/extension.ts';
import { fileRules } from './rules/file.ts';
import { fileParameterRules } from './rules/file-parameter.ts';
import { formatRules } from './rules/format.ts';
import { gatewayRules } from './rules/gateway.ts';
import { getWithBodyRules } from './rules/get-with-body.ts';
import { hostRules } from './rules/host.ts';
import { iconRules } from './rules/icon.ts';
import { identityProviderRules } from './rules/identity-provider.ts';
import { infoRules } from './rules/info.ts';
import { internalRules } from './rules/internal.ts';
import { itemsRules } from './rules/items.ts';
import { jsonRules } from './rules/json.ts';
import { metadataRules } from './rules/metadata.ts';
import { mimeRules } from './rules/mime.ts';
import { multipleSecurityRules } from './rules/multiple-security.ts';
import { noOperationsRules } from './rules/no-operations.ts';
import { nonbodyRules } from './rules/nonbody.ts';
import { notificationRules } from './rules/notification.ts';
import { oAuthRules } from './rules/oauth.ts';
import { oAuthCustomParameterRules } from './rules/oauth-custom-parameter.ts';
import { oAuthFlowRules } from './rules/oauth-flow.ts';
import { openapi3Rules } from './rules/openapi3.ts';
import { operationRules } from './rules/operation.ts';
import { operationIdRules } from './rules/operation-id.ts';
import { packageRules } from './rules/package.ts';
import { packageConnectorRules } from './rules/package-connector.ts';
import { packageSecretRules } from './rules/package-secret.ts';
import { packageOutOfDateRules } from './rules/package-out-of-date.ts';
import { packageSolutionRules } from './rules/package-solution.ts';
import { packagePluginRules } from './rules/package-plugin.ts';
import { packageWorkflowRules } from './rules/package-workflow.ts';
import { pageableRules } from './rules/pageable.ts';
import { parameterRules } from './rules/parameter.ts';
import { parameterSetsRules } from './rules/parameter-sets.ts';
import { pathRules } from './rules/path.ts';
import { pathParameterRules } from './rules/path-parameter.ts';
import { patternRules } from './rules/pattern.ts';
import { policyRules } from './rules/policy.ts';
import { postmanRules } from './rules/postman.ts';
import { propsRules } from './rules/props.ts';
import { publisherRules } from './rules/publisher.ts';
import { readmeRules } from './rules/readme.ts';
import { redirectRules } from './rules/redirect.ts';
import { refRules } from './rules/ref.ts';
import { requiredRules } from './rules/required.ts';
import { requiredPropertyRules } from './rules/required-property.ts';
import { requiredValueRules } from './rules/required-value.ts';
import { responseRules } from './rules/response.ts';
import { rootRules } from './rules/root.ts';
import { schemaRules } from './rules/schema.ts';
import { schemeRules } from './rules/scheme.ts';
import { scriptRules } from './rules/script.ts';
import { scriptFileIoRules } from './rules/script-file-io.ts';
import { scriptNamespaceRules } from './rules/script-namespace.ts';
import { scriptOperationRules } from './rules/script-operation.ts';
import { scriptEncodingRules } from './rules/script-encoding.ts';
import { scriptTooLargeRules } from './rules/script-too-large.ts';
import { secretRules } from './rules/secret.ts';
import { securestringRules } from './rules/securestring.ts';
import { securityRules } from './rules/security.ts';
import { settingsRules } from './rules/settings.ts';
import { solutionRules } from './rules/solution.ts';
import { solutionContentRules } from './rules/solution-content.ts';
import { stackOwnerRules } from './rules/stack-owner.ts';
import { summaryRules } from './rules/summary.ts';
import { swaggerRules } from './rules/swagger.ts';
import { tagRules } from './rules/tag.ts';
import { testConnectionRules } from './rules/test-connection.ts';
import { textRules } from './rules/text.ts';
import { titleRules } from './rules/title.ts';
import { tooManyOperationsRules } from './rules/too-many-operations.ts';
import { triggerRules } from './rules/trigger.ts';
import { uiRules } from './rules/ui.ts';
import { unknownPropertyRules } from './rules/unknown-property.ts';
import { unusedRules } from './rules/unused.ts';
import { urlRules } from './rules/url.ts';
import { urlEncodingRules } from './rules/url-encoding.ts';
import { yamlRules } from './rules/yaml.ts';
import { visibilityRules } from './rules/visibility.ts';
import { webhookRules } from './rules/webhook.ts';

export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** All rules, grouped by what they read, in the order of the rule reference. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'JSON and files',
    rules: [...jsonRules, ...fileRules, ...definitionRules, ...readmeRules, ...environmentsRules],
  },
  {
    title: 'Document',
    rules: [
      ...swaggerRules,
      ...openapi3Rules,
      ...yamlRules,
      ...postmanRules,
      ...requiredPropertyRules,
      ...unknownPropertyRules,
      ...requiredValueRules,
      ...tagRules,
      ...mimeRules,
      ...noOperationsRules,
      ...tooManyOperationsRules,
      ...hostRules,
      ...basePathRules,
      ...schemeRules,
      ...environmentVariableRules,
    ],
  },
  {
    title: 'Certification texts and metadata',
    rules: [
      ...titleRules,
      ...textRules,
      ...infoRules,
      ...descriptionRules,
      ...contactRules,
      ...urlRules,
      ...metadataRules,
    ],
  },
  {
    title: 'Paths and operations',
    rules: [
      ...pathRules,
      ...operationIdRules,
      ...operationRules,
      ...deprecatedRules,
      ...responseRules,
      ...defaultResponseRules,
    ],
  },
  {
    title: 'Parameters',
    rules: [
      ...parameterRules,
      ...nonbodyRules,
      ...bodyRules,
      ...fileParameterRules,
      ...collectionFormatRules,
      ...allowEmptyValueRules,
      ...getWithBodyRules,
      ...pathParameterRules,
      ...urlEncodingRules,
      ...summaryRules,
      ...internalRules,
    ],
  },
  {
    title: 'References and schemas',
    rules: [
      ...refRules,
      ...schemaRules,
      ...formatRules,
      ...arrayRules,
      ...itemsRules,
      ...binaryRules,
      ...constraintRules,
      ...exclusiveRules,
      ...patternRules,
      ...requiredRules,
      ...discriminatorRules,
      ...enumRules,
      ...defaultRules,
      ...unusedRules,
    ],
  },
  {
    title: 'Extensions',
    rules: [
      ...extensionRules,
      ...agenticProtocolRules,
      ...visibilityRules,
      ...pageableRules,
      ...triggerRules,
      ...webhookRules,
      ...notificationRules,
      ...dynamicRules,
      ...dynamicParameterRules,
      ...dynamicReferenceRules,
      ...enumValuesRules,
      ...annotationRules,
      ...testConnectionRules,
    ],
  },
  { title: 'Security definitions', rules: [...securityRules, ...oAuthFlowRules, ...multipleSecurityRules] },
  {
    title: 'API properties',
    rules: [
      ...brandColorRules,
      ...publisherRules,
      ...stackOwnerRules,
      ...rootRules,
      ...propsRules,
      ...aadCertificateRules,
      ...capabilityRules,
      ...connectionParameterRules,
      ...secretRules,
      ...gatewayRules,
      ...allowedValuesRules,
      ...oAuthRules,
      ...identityProviderRules,
      ...redirectRules,
      ...oAuthCustomParameterRules,
      ...uiRules,
      ...uiConstraintRules,
      ...securestringRules,
      ...parameterSetsRules,
      ...authRules,
    ],
  },
  { title: 'Policy templates', rules: policyRules },
  {
    title: 'Script',
    rules: [
      ...scriptRules,
      ...scriptNamespaceRules,
      ...scriptFileIoRules,
      ...scriptTooLargeRules,
      ...scriptEncodingRules,
      ...scriptOperationRules,
    ],
  },
  { title: 'Icon', rules: iconRules },
  { title: 'Settings', rules: settingsRules },
  { title: 'Solution', rules: [...solutionRules, ...solutionContentRules] },
  {
    title: 'Certification package',
    rules: [
      ...packageRules,
      ...packageSolutionRules,
      ...packageConnectorRules,
      ...packageSecretRules,
      ...packageWorkflowRules,
      ...packagePluginRules,
      ...packageOutOfDateRules,
    ],
  },
  { title: 'Changes since publication', rules: changeRules },
];

export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules);

export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Not a rule of its own, but said when other rules had too much to say. */
export const tooManyFindings: Rule = {
  id: 'too-many-findings',
  level: 'info',
  message: "{count} more problems ({severity}) in this file aren't listed.",
  reason: 'paconn lists a limited number of problems per file.',
  sources: ['PC'],
  good: [{}],
  bad: [{}],
};
