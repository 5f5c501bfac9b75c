import {
  hasEnvironmentExpression,
  isEnvironmentExpression,
  isMeantAsEnvironmentExpression,
  mayHaveEnvironmentExpression,
  withoutExpressions,
} from '../../connector/expression.ts';
import { isObject } from '../../json/value.ts';
import type { JsonFile } from '../engine/json-file.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** Members that are read by people, and no expression can be in. */
const proseMembers: ReadonlySet<string> = new Set([
  'description',
  'summary',
  'title',
  'tooltip',
  'displayName',
  'x-ms-summary',
]);

/** All texts of a document, without calling itself: it may be deep. */
function reportInvalid({ root, text }: JsonFile, role: 'definition' | 'properties', report: Report): void {
  // Nearly no document has any, and to look at each value takes time.
  if (!root || !mayHaveEnvironmentExpression(text)) return;
  const open: Location[] = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value } = next;
    const isWhole = role === 'definition' ? isPartOfHost(next) : isOfSignIn(next);
    const isMeant = isMeantAsEnvironmentExpression(value) || (isWhole && hasEnvironmentExpression(value));
    if (isMeant && !proseMembers.has(next.name)) reportUnlessRight(next, isWhole, report);
    if (isObject(value) || Array.isArray(value)) open.push(...next.members());
  }
}

function reportUnlessRight(member: Location, isWhole: boolean, report: Report): void {
  const text = String(member.value);
  const rest = withoutExpressions(text);
  const isWrong = isMeantAsEnvironmentExpression(rest) || text.trim() !== text;
  if (isWhole ? isReference(member) : !isWrong) return;
  const hasRest = rest !== text && !isMeantAsEnvironmentExpression(rest);
  const hint = hasRest ? `The reference must be all of '${member.name}', with nothing before or after it.` : undefined;
  report(member, {}, { hint });
}

/** Whether a value is a reference and nothing else; OpenAPI wants a slash before that of a base path. */
function isReference({ name, value }: Location): boolean {
  return isEnvironmentExpression(name === 'basePath' ? String(value).replace(/^\//u, '') : value);
}

/** Whether a member of a definition is a reference as a whole, or none. */
function isPartOfHost({ name, parent }: Location): boolean {
  return parent?.parent === undefined && (name === 'host' || name === 'basePath');
}

/** The same of API properties: IDs and secrets have no parts. */
function isOfSignIn({ name, parent }: Location): boolean {
  return parent?.name === 'oAuthSettings' && /^client(?:id|secret)$/iu.test(name);
}

export const environmentVariableRules: readonly Rule[] = [
  {
    id: 'environment-variable-invalid',
    level: 'warning',
    message: "This isn't a valid reference to an environment variable.",
    hint: 'Write @environmentVariables("name") with the schema name of the variable.',
    reason: 'The service replaces only a reference in exactly this form. It uses any other text verbatim.',
    sources: ['EV', 'SV'],
    good: [
      { definition: '{ "host": "@environmentVariables(\\"cr_Host\\")" }' },
      { definition: `{ "host": "@environmentVariables('cr_Host')" }` },
      { definition: '{ "basePath": "/@environmentVariables(\\"cr_Path\\")" }' },
      { definition: '{ "info": { "description": "See @environmentVariables." } }' },
      { definition: '{ "info": { "description": "Environment variables (of a solution) are read." } }' },
      { definition: '{ "info": { "contact": { "url": "@environmentVariables(\\"cr_Site\\")/help" } } }' },
      { definition: '{ "info": { "contact": { "url": "https://@environmentVariables(\\"cr_Site\\")/help" } } }' },
      { definition: '{ "info": { "contact": { "email": "help@environment-variables.contoso.com" } } }' },
      { definition: '{ "info": { "contact": { "url": "https://contoso.com/environmentVariables(2)" } } }' },
      { definition: '{ "info": { "description": "Write https://@environmentVariables(cr_Host) as host." } }' },
      { definition: '{ "info": { "description": "@environmentVariables are used in this connector." } }' },
      { settings: '{ "environment": "@environmentVariables(cr_Host)" }' },
    ],
    bad: [
      { definition: '{ "host": ⟦"@environmentVariables(cr_Host)"⟧ }' },
      { definition: '{ "host": ⟦"@environmentVariable(\\"cr_Host\\")"⟧ }' },
      { definition: '{ "host": ⟦"@environmentVariables(\\"cr_Host)"⟧ }' },
      { definition: '{ "host": ⟦" @{environmentVariables(\\"cr_Host\\")}"⟧ }' },
      { definition: '{ "host": ⟦"environmentVariables(\\"cr_Host\\")"⟧ }' },
      { definition: '{ "host": ⟦"@environmentVariables(\\"cr_Host\\").contoso.com"⟧ }' },
      { definition: '{ "basePath": ⟦"@environmentVariables(\\"cr_Path\\")/v1"⟧ }' },
      { definition: '{ "host": ⟦"https://@environmentVariables(\\"cr_Host\\")"⟧ }' },
      { definition: '{ "info": { "contact": { "url": ⟦"https://@environmentVariables(cr_Site)/help"⟧ } } }' },
      { definition: '{ "info": { "contact": { "url": ⟦"https://environmentVariables(\\"cr_Site\\")/help"⟧ } } }' },
      {
        definition:
          '{ "info": { "contact": { "url": ⟦"@environmentVariables(\\"cr_Site\\")/@environmentVariables(cr_Page)"⟧ } } }',
      },
      { definition: '{ "x-hosts": [⟦"@environmentvariables(\\"cr_Host\\")"⟧] }' },
      { definition: '{ "info": { "contact": { "url": ⟦"@environmentVariables(\\"cr_Site\\") "⟧ } } }' },
      ...[
        '"clientId": ⟦"@environmentVariables(\\"cr_Id\\""⟧',
        '"clientId": ⟦"@environmentVariables(\\"cr_Id\\")-app"⟧',
        '"clientSecret": ⟦"@environmentVariables(\\"cr_Secret\\") "⟧',
        '"clientSecret": ⟦"@environmentVariables(\\"cr_Secret\\")\\n"⟧',
        '"clientSecret": ⟦"Hunter2@environmentVariables(\\"x\\")"⟧',
        '"ClientSecret": ⟦"see the vault: @environmentVariables(\\"x\\")"⟧',
      ].map((member) => ({
        properties: `{ "properties": { "connectionParameters": { "token": { "oAuthSettings": { ${member} } } } } }`,
      })),
    ],
    check: {
      connector: ({ definitionFile, propertiesFile }, report) => {
        if (definitionFile) reportInvalid(definitionFile, 'definition', report);
        if (propertiesFile) reportInvalid(propertiesFile, 'properties', report);
      },
    },
  },
  {
    id: 'environment-variable-certification',
    level: 'certification',
    common: true,
    message: "A certified connector has a fixed '{name}'.",
    reason: 'A certified connector works without the environment variables of your solution.',
    sources: ['CS'],
    good: [{ definition: '{ "host": "api.contoso.com", "basePath": "/v1" }' }],
    bad: [
      { definition: '{ "host": ⟦"@environmentVariables(\\"cr_Host\\")"⟧ }' },
      { definition: '{ "basePath": ⟦"@environmentVariables(\\"cr_Path\\")"⟧ }' },
      { definition: '{ "basePath": ⟦"/@environmentVariables(\\"cr_Path\\")"⟧ }' },
    ],
    checkMember: {
      names: ['host', 'basePath'],
      of: {
        definition: (member, report) => {
          if (isReference(member)) report(member, { name: member.name });
        },
      },
    },
  },
];
