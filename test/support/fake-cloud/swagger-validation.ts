import { jsonAnswer, type CloudAnswer } from './exchange.ts';
import { isJsonObject, parsed, rawMembers, rawString } from './raw-json.ts';
import { type ValidationFinding, type ValidationForm, validationForms } from './validation-forms.ts';

/** How the service judges an API definition; tests may put in their own. */
export type Validator = (apiDefinition: string, certificationRules: boolean) => CloudAnswer;

/** A definition that is no Swagger is refused; certification has a verdict on one that is. */
export function swaggerValidator(form: ValidationForm): Validator {
  return (apiDefinition, certificationRules) => {
    const members = new Map(rawMembers(apiDefinition)?.map(({ name, text }) => [name, text]));
    const fault = faultOf(members);
    if (fault) return invalidSwagger(fault);
    if (!certificationRules) return { status: 200, headers: { 'content-type': 'text/plain' }, body: '' };
    return validationForms[form](certificationFindings(members));
  };
}

function faultOf(members: ReadonlyMap<string, string>): string | undefined {
  if (rawString(members.get('swagger')) !== '2.0') return 'Error : swagger : The version has to be 2.0.';
  const info = members.get('info');
  if (info === undefined || !isJsonObject(info)) return 'Error : info : The object is required.';
  if (!isJsonObject(members.get('paths') ?? '')) return 'Error : paths : The object is required.';
  return undefined;
}

function certificationFindings(members: ReadonlyMap<string, string>): ValidationFinding[] {
  const findings: ValidationFinding[] = [];
  const add = (level: ValidationFinding['level'], place: string, message: string): void => {
    findings.push({ level, place, message });
  };
  if (!describes(parsed(members.get('info') ?? ''), 'description')) {
    add('Warning', 'info/description', 'The description should not be empty.');
  }
  const paths = parsed(members.get('paths') ?? '');
  for (const [path, operations] of entriesOf(paths)) {
    for (const [method, operation] of entriesOf(operations)) {
      const place = `paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`;
      if (!describes(operation, 'operationId')) add('Error', `${place}/operationId`, 'The operation has no ID.');
      if (!describes(operation, 'summary')) add('Warning', `${place}/summary`, 'The operation has no summary.');
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

function invalidSwagger(fault: string): CloudAnswer {
  const message = `Specified swagger has the following errors: 'Definition is not valid. Error: '${fault}''.`;
  return jsonAnswer(400, { error: { code: 'ApiResourceSwaggerInvalid', message } });
}
