import { isString } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';

const ifRight = 'Change it to "2.0" if the file is OpenAPI 2.0.';

/** Other ways to write the version. What says that it's another version isn't one. */
function isSlip(value: unknown): boolean {
  return value === 2 || (isString(value) && /^\s*2(?:\.0){0,2}\s*$/u.test(value));
}

export const swaggerRules: readonly Rule[] = [
  {
    id: 'swagger-version',
    level: 'error',
    message: '\'swagger\' must be the string "2.0".',
    reason: 'Custom connectors support only OpenAPI 2.0 (formerly Swagger).',
    sources: ['SV'],
    good: [{ definition: '{ "swagger": "2.0" }' }],
    bad: [{ definition: '{ "swagger": ⟦2.0⟧ }' }, { definition: '{ "swagger": ⟦"3.0.0"⟧ }' }],
    checkMember: {
      names: ['swagger'],
      of: {
        definition: (member, report) => {
          if (member.value === '2.0') return;
          report(member, {}, isSlip(member.value) ? { fix: { replace: '2.0' } } : { hint: ifRight });
        },
      },
    },
  },
];
