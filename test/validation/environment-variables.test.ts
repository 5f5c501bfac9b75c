import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';

const everything = { info: true } as const;

function rulesOf(members: object, oAuthSettings: object = {}): readonly string[] {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const parameters = { token: { type: 'oauthSetting', oAuthSettings } };
  const source = {
    definition: { name: 'apiDefinition.swagger.json', bytes: bytes({ swagger: '2.0', host: 'a.example', ...members }) },
    properties: { name: 'apiProperties.json', bytes: bytes({ properties: { connectionParameters: parameters } }) },
  };
  return checkConnector(source, everything).map(({ rule, level }) => `${level} ${rule}`);
}

/** What is found beyond what is found with a reference as it should be. */
function added(broken: readonly string[], right: readonly string[]): readonly string[] {
  return broken.filter((rule) => !right.includes(rule));
}

const reference = '@environmentVariables("cr_Host")';

test.each([
  '@environmentVariable("cr_Host")',
  '@EnvironmentVariables("cr_Host")',
  '@environmentVariables("cr_Host)',
  '@environmentVariables(cr_Host)',
  '@environmentVariables("")',
  '@environmentVariables("1_Host")',
  '@environmentVariables("cr_Host"',
  '@environmentVariables["cr_Host"]',
  '@environmentVariables(“cr_Host”)',
  '@environmentVariables( "cr_Host" )',
  ' @environmentVariables("cr_Host")',
  '@environmentVariables("cr_Host") ',
  '@{environmentVariables("cr_Host")}',
  '@ environment_variables("cr_Host")',
  'environmentVariables("cr_Host")',
  '@environmentVariables',
])('a broken reference is one finding, and no other: %s', (broken) => {
  for (const name of ['host', 'basePath']) {
    const right = rulesOf({ [name]: reference });
    expect(added(rulesOf({ [name]: broken }), right)).toEqual(['warning environment-variable-invalid']);
  }
  for (const name of ['clientId', 'clientSecret', 'redirectUrl']) {
    const right = rulesOf({}, { [name]: reference });
    expect(added(rulesOf({}, { [name]: broken }), right)).toEqual(['warning environment-variable-invalid']);
  }
  const urls = (url: string) => ({ contact: { url }, title: 'Orders' });
  const right = rulesOf({ info: urls(reference) });
  expect(added(rulesOf({ info: urls(broken) }), right)).toEqual(['warning environment-variable-invalid']);
});

test.each(['host', 'basePath'])('%s is a reference as a whole, or none', (name) => {
  const right = rulesOf({ [name]: reference });
  for (const broken of [`${reference}/v1`, `https://${reference}`, `a.${reference}.example`]) {
    expect(added(rulesOf({ [name]: broken }), right)).toEqual(['warning environment-variable-invalid']);
  }
});

test.each(['https://@environmentVariables(cr_Host)/v1', 'https://a.example/@{environmentVariables("cr_Host")}'])(
  'a broken reference inside a URL is one finding, and no other: %s',
  (broken) => {
    const urls = (url: string) => ({ info: { contact: { url }, title: 'Orders' } });
    expect(added(rulesOf(urls(broken)), rulesOf(urls('https://a.example/help')))).toEqual([
      'warning environment-variable-invalid',
    ]);
    const settings = (value: string) => ({ customParameters: { tokenUrl: { value } } });
    expect(added(rulesOf({}, settings(broken)), rulesOf({}, settings('https://a.example/token')))).toEqual([
      'warning environment-variable-invalid',
    ]);
  },
);
