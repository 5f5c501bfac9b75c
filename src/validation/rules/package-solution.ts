import { baseName, filesIn, findFile, nameInArchive } from '../../solution/archive.ts';
import { solutionMembers } from '../../solution/layout.ts';
import type { Solution } from '../../solution/solution.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import {
  connectorSolution,
  flowSolution,
  packageOf,
  replaced,
  wholePackage,
  withConnectorSolution,
  without,
} from '../knowledge/package-example.ts';

/** The files that each solution has at its root. */
const rootFiles = ['[Content_Types].xml', 'solution.xml', 'customizations.xml'] as const;

function missingRootFiles({ archive }: Solution): readonly string[] {
  return rootFiles.filter((name) => findFile(archive, name) === undefined);
}

/** Whether all of it is in a folder, where nothing looks for it. */
function isInFolder({ archive }: Solution): boolean {
  const names = new Set(
    [...archive.files.keys()].filter((name) => name.includes('/')).map((name) => baseName(name).toLowerCase()),
  );
  return names.has('solution.xml') && names.has('customizations.xml') && filesIn(archive, '').length === 0;
}

export const packageSolutionRules: readonly Rule[] = [
  {
    id: 'package-solution-zip-missing',
    level: 'warning',
    certified: 'error',
    message: '{name} has no ZIP file of a solution.',
    reason: 'Certification imports the solutions in this folder.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [{ package: { 'intro.md': '', 'package.zip': { 'PkgAssets/': '' } } }],
    check: {
      package: ({ inner, assets, solutions }, report, connector) => {
        const [folder, second] = assets;
        if (!inner || folder === undefined || second !== undefined || solutions.length > 0) return;
        const name = nameInArchive(inner, folder);
        report(wholeFile(connector.archiveFile(name)), { name });
      },
    },
  },
  {
    id: 'package-solution-invalid',
    level: 'warning',
    certified: 'error',
    message: "{name} isn't a valid solution.",
    hint: 'Export the solution again as a ZIP file, and add it unchanged.',
    reason: 'Certification imports the solution. Its three XML files are at the root, and are well-formed.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [
      { package: withConnectorSolution('damaged') },
      { package: withConnectorSolution({ ...connectorSolution, 'solution.xml': '<ImportExportXml>' }) },
      { package: withConnectorSolution({ 'Pets/solution.xml': '<a />', 'Pets/customizations.xml': '<a />' }) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { name, solution } of solutions) {
          if (!solution || isInFolder(solution)) report(wholeFile(connector.archiveFile(name)), { name });
          for (const reading of [solution?.manifest, solution?.customizations]) {
            if (!reading?.fault) continue;
            const { file, offset } = reading.fault;
            const source = connector.archiveFile(file.name, file.text, file.size);
            report(new TextRange(source, offset, offset), { name: file.name });
          }
        }
      },
    },
  },
  {
    id: 'package-solution-files-missing',
    level: 'warning',
    certified: 'error',
    message: "'{missing}' is missing in {name}.",
    reason: 'A solution needs all files that it names, and three XML files at its root.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: withConnectorSolution({ 'Pets/solution.xml': '<a />', 'Pets/customizations.xml': '<a />' }) },
      { package: withConnectorSolution(without(connectorSolution, 'Connector/new_pets_openapidefinition.json')) },
      { package: withConnectorSolution(without(connectorSolution, 'Connector/new_pets_iconblob.Png')) },
    ],
    bad: [
      { package: withConnectorSolution(without(connectorSolution, '[Content_Types].xml')) },
      { package: withConnectorSolution(without(connectorSolution, 'solution.xml')) },
      {
        package: withConnectorSolution(
          replaced(
            connectorSolution,
            'customizations.xml',
            '<iconblob>',
            '<connectionparameters>/Connector/new_pets_connectionparameters.json</connectionparameters><iconblob>',
          ),
        ),
      },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { name, solution, kind } of solutions) {
          if (!solution || isInFolder(solution)) continue;
          for (const missing of missingRootFiles(solution)) {
            report(wholeFile(connector.archiveFile(name)), { missing, name });
          }
          for (const { files } of solution.connectors) {
            for (const member of solutionMembers) {
              const file = files[member];
              // Of these, rules with codes of their own speak.
              const hasOwnRule = kind === 'connector' && (member === 'openapidefinition' || member === 'iconblob');
              if (!file?.element || file.bytes || hasOwnRule) continue;
              report(connector.rangeOf(file.element), { missing: file.entry, name });
            }
          }
        }
      },
    },
  },
  {
    id: 'package-solution-missing',
    level: 'warning',
    certified: 'error',
    message: 'The package has no solution with {kind}.',
    hint: 'Add it with: paconn package --flow FLOW_SOLUTION.zip',
    reason: 'Certification needs a solution with the connector alone, and one with a flow that uses it.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: { 'intro.md': '', 'package.zip': { 'PkgAssets/': '' } } },
      { package: withConnectorSolution('damaged') },
    ],
    bad: [
      { package: packageOf({ 'ConnectorSolution.zip': connectorSolution }) },
      { package: packageOf({ 'FlowSolution.zip': flowSolution }) },
    ],
    check: {
      package: ({ inner, solutions }, report, connector) => {
        // One that can't be read may be either.
        const isKnown = solutions.every(({ solution }) => solution && missingRootFiles(solution).length === 0);
        const isWellFormed = solutions.every(
          ({ solution }) => !solution?.customizations?.fault && !solution?.manifest?.fault,
        );
        if (!inner || solutions.length === 0 || !isKnown || !isWellFormed) return;
        const kinds = new Set(solutions.map(({ kind }) => kind));
        const file = wholeFile(connector.archiveFile(inner.name));
        if (!kinds.has('connector')) report(file, { kind: 'a connector alone' });
        if (!kinds.has('flow')) report(file, { kind: 'a flow and the connector' });
      },
    },
  },
];
