import { jsonAnswer, type CloudAnswer } from './exchange.ts';
import { isJsonObject, parsed, rawMembers, rawString } from './raw-json.ts';

/** How the service judges an API definition; tests may put in their own. */
export type Validator = (apiDefinition: string, certificationRules: boolean) => CloudAnswer;

/** A definition that is no Swagger is refused; certification adds findings to one that is. */
export const validateSwagger: Validator = (apiDefinition, certificationRules) => {
  const members = new Map(rawMembers(apiDefinition)?.map(({ name, text }) => [name, text]));
  const fault = faultOf(members);
  if (fault)
    return nestedError(`Specified swagger has the following errors: 'Definition is not valid. Error: '${fault}''.`);
  const findings = certificationRules ? certificationFindings(members) : [];
  if (findings.length === 0) return { status: 200, headers: { 'content-type': 'text/plain' }, body: '' };
  return jsonAnswer(200, findings.join('\r\n'));
};

function faultOf(members: ReadonlyMap<string, string>): string | undefined {
  if (rawString(members.get('swagger')) !== '2.0') return 'Error : swagger : The version has to be 2.0.';
  const info = members.get('info');
  if (info === undefined || !isJsonObject(info)) return 'Error : info : The object is required.';
  if (!isJsonObject(members.get('paths') ?? '')) return 'Error : paths : The object is required.';
  return undefined;
}

function certificationFindings(members: ReadonlyMap<string, string>): string[] {
  const findings: string[] = [];
  if (!describes(parsed(members.get('info') ?? ''), 'description')) {
    findings.push('Warning : info/description : The description should not be empty.');
  }
  const paths = parsed(members.get('paths') ?? '');
  for (const [path, operations] of entriesOf(paths)) {
    for (const [method, operation] of entriesOf(operations)) {
      const place = `paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
      if (!describes(operation, 'operationId'))
        findings.push(`Error : ${place}/operationId : The operation has no ID.`);
      if (!describes(operation, 'summary')) findings.push(`Warning : ${place}/summary : The operation has no summary.`);
    }
  }
  return findings;
}

function describes(object: unknown, name: string): boolean {
  return entriesOf(object).some(([member, value]) => member === name && typeof value === 'string' && value !== '');
}

function entriesOf(object: unknown): [string, unknown][] {
  return typeof object === 'object' && object !== null ? Object.entries(object) : [];
}

/** The service passes on what another one said: an error in a string in an error. */
function nestedError(message: string): CloudAnswer {
  const inner = JSON.stringify({ error: { code: 'ApiDefinitionInvalid', message } });
  return jsonAnswer(400, { error: { code: 'InvalidApiDefinition', message: inner } });
}
