import { parseJson } from '../../json/parse.ts';
import { readJson } from '../../json/reading.ts';
import { isArray, isObject, jsonType } from '../../json/value.ts';
import type { SolutionMember } from '../../solution/layout.ts';
import { childOf } from '../../solution/xml.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { connectorSolution } from '../knowledge/package-example.ts';

/** What the files with JSON have at their root. */
const roots: readonly (readonly [member: SolutionMember, expected: string, isExpected: (value: unknown) => boolean])[] =
  [
    ['connectionparameters', 'an object', isObject],
    ['connectionparametersets', 'an object', isObject],
    ['policytemplateinstances', 'an array', isArray],
  ];

const folder = '/Connector/new_pets_';

/** The solution with another file of its connector, or another element. */
function withMember(member: string, text: string, isElement = false): Readonly<Record<string, string>> {
  const path = `${folder}${member}.json`;
  const element = `<${member}>${isElement ? text : path}</${member}>`;
  const customizations = connectorSolution['customizations.xml'].replace('<openapi', `${element}<openapi`);
  return { ...connectorSolution, 'customizations.xml': customizations, ...(!isElement && { [path.slice(1)]: text }) };
}

export const solutionContentRules: readonly Rule[] = [
  {
    id: 'solution-content-invalid',
    level: 'warning',
    certified: 'error',
    message: 'Expected {expected} but found {found}.',
    reason: 'An import fails, or loses the content.',
    sources: ['CE'],
    good: [
      { solution: connectorSolution },
      { solution: withMember('connectionparameters', '{}') },
      { solution: withMember('policytemplateinstances', '[]') },
      { solution: withMember('scriptoperations', '["ListPets"]', true) },
      { solution: withMember('scriptoperations', '', true) },
      // The syntax is checked in each file.
      { solution: withMember('connectionparameters', '{') },
      { solution: withMember('connectionparameters', 'null') },
    ],
    bad: [
      { solution: withMember('connectionparameters', '[]') },
      { solution: withMember('connectionparametersets', '"none"') },
      { solution: withMember('policytemplateinstances', '{ "policyTemplateInstances": [] }') },
      { solution: withMember('scriptoperations', 'ListPets', true) },
    ],
    check: {
      solution: ({ connectors }, report, connector) => {
        for (const { files, element } of connectors) {
          for (const [member, expected, isExpected] of roots) {
            const file = files[member];
            const value = file?.bytes && readJson(file.bytes).value;
            const found = jsonType(value);
            if (!file || found === undefined || found === 'null' || isExpected(value)) continue;
            report(wholeFile(connector.archiveFile(file.name)), { expected, found });
          }
          const operations = childOf(element, 'scriptoperations');
          const text = operations?.text.trim() ?? '';
          if (!operations || text === '' || isArray(parseJson(text))) continue;
          report(connector.rangeOf(operations), { expected: 'a JSON array', found: 'other text' });
        }
      },
    },
  },
];
