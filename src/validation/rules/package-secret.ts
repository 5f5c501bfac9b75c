import { clientSecretPaths } from '../../connector/client-secret.ts';
import { locate } from '../../json/positions.ts';
import { readJson } from '../../json/reading.ts';
import { TextRange } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import {
  connectorSolution,
  flowSolution,
  wholePackage,
  withConnectorSolution,
  withFlowSolution,
} from '../knowledge/package-example.ts';

const entry = 'Connector/new_pets_connectionparameters.json';
const element = '<connectionparameters>/Connector/new_pets_connectionparameters.json</connectionparameters>';

/** The solution with these connection parameters. */
function withParameters(solution: Readonly<Record<string, string>>, text: string): Readonly<Record<string, string>> {
  const customizations = (solution['customizations.xml'] ?? '').replace('<openapi', `${element}<openapi`);
  return { ...solution, 'customizations.xml': customizations, [entry]: text };
}

const reference = '{ "token": { "oAuthSettings": { "clientSecret": "@environmentVariables(\\"cr_Secret\\")" } } }';
const literal = '{ "token": { "oAuthSettings": { "clientSecret": "hunter2" } } }';

export const packageSecretRules: readonly Rule[] = [
  {
    id: 'package-secret',
    level: 'warning',
    certified: 'error',
    message: 'The package contains a client secret.',
    hint: 'Remove it, or use a reference to an environment variable of the solution.',
    reason: 'All users who get the package can read the secret.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: withConnectorSolution(withParameters(connectorSolution, reference)) },
      { package: withConnectorSolution(withParameters(connectorSolution, reference.replace(/"@[^}]*"/u, '""'))) },
      { package: withConnectorSolution(withParameters(connectorSolution, '{')) },
    ],
    bad: [
      { package: withConnectorSolution(withParameters(connectorSolution, literal)) },
      { package: withFlowSolution(withParameters(flowSolution, literal)) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        const connectors = solutions.flatMap(({ solution }) => solution?.connectors ?? []);
        for (const { files } of connectors) {
          for (const file of [files.connectionparameters, files.connectionparametersets]) {
            const reading = file?.bytes && readJson(file.bytes);
            if (!file || reading?.json === undefined) continue;
            const { text, json, value } = reading;
            const paths = clientSecretPaths(value);
            for (const [index, { found }] of locate(json, paths).entries()) {
              const source = connector.archiveFile(file.name, text, text.length);
              report(new TextRange(source, found.nameStart, found.nameEnd, paths[index] ?? []));
            }
          }
        }
      },
    },
  },
];
