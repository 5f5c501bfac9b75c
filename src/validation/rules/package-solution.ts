import { readJson } from '../../json/reading.ts';
import { baseName, filesIn, findFile, nameInArchive, textIn } from '../../solution/archive.ts';
import {
  type PackagedSolution,
  type SolutionContent,
  type SolutionKind,
  workflowsOf,
} from '../../solution/connector-package.ts';
import { rootFiles, solutionMembers } from '../../solution/layout.ts';
import type { Solution } from '../../solution/solution.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import {
  connectorSolution,
  flowSolution,
  packageOf,
  pluginSolution,
  wholePackage,
  withConnectorSolution,
  withFlowSolution,
  without,
  withoutConnector,
  withPlugin,
  replaced,
} from '../knowledge/package-example.ts';

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
    level: 'error',
    message: '{problem}',
    hint: 'Export the solution again as a ZIP file, and add it unchanged.',
    reason: 'Certification imports the solution. Its three XML files are at the root, and are well-formed.',
    sources: ['CE', 'ZIP'],
    good: [{ package: wholePackage }],
    bad: [
      { package: withConnectorSolution('damaged') },
      { package: withConnectorSolution({ ...connectorSolution, 'solution.xml': '<ImportExportXml>' }) },
      { package: withConnectorSolution({ ...connectorSolution, '[Content_Types].xml': 'text' }) },
      { package: withConnectorSolution({ 'Pets/solution.xml': '<a />', 'Pets/customizations.xml': '<a />' }) },
      { package: withFlowSolution({ ...flowSolution, 'Workflows/Feed.json': '{ "logicalName": "new_pets" ' }) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { name, solution, fault } of solutions) {
          if (!solution) {
            report(wholeFile(connector.archiveFile(name)), { problem: fault ?? `${name} can't be read.` });
            continue;
          }
          if (isInFolder(solution)) {
            const problem = `The files of ${name} are in a folder, not at its root.`;
            report(wholeFile(connector.archiveFile(name)), { problem });
          }
          for (const { file, offset } of solution.xmlFaults) {
            const source = connector.archiveFile(file.name, file.text, file.size);
            const problem = `${baseName(file.name)} isn't well-formed XML.`;
            report(new TextRange(source, offset, offset), { problem });
          }
          for (const entry of workflowsOf(solution).files) {
            const bytes = textIn(solution.archive, entry);
            if (!bytes || readJson(bytes).json !== undefined) continue;
            const file = nameInArchive(solution.archive, entry);
            report(wholeFile(connector.archiveFile(file)), { problem: `${entry} isn't valid JSON.` });
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
    message: 'The package has no solution with {kind}. It has: {found}.',
    hint: 'Export it from an unmanaged solution, and pass it to paconn package.',
    reason: 'Certification needs a solution with the connector alone, and one with a flow that uses it.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: { 'intro.md': '', 'package.zip': { 'PkgAssets/': '' } } },
      { package: withConnectorSolution('damaged') },
      // It's known which one should have the connector.
      { package: withConnectorSolution(withoutConnector) },
    ],
    bad: [
      { package: packageOf({ 'ConnectorSolution.zip': connectorSolution }) },
      { package: packageOf({ 'FlowSolution.zip': flowSolution }) },
    ],
    check: {
      package: ({ inner, solutions }, report, connector) => {
        if (!inner || solutions.length === 0 || !solutions.every(isWhole)) return;
        const kinds = new Set(solutions.map(({ kind }) => kind));
        const file = wholeFile(connector.archiveFile(inner.name));
        const found = solutions
          .map(({ name, contents }) => `${baseName(name)} with ${contentWords(contents)}`)
          .join(', ');
        const isEmpty = solutions.some(({ contents }) => contents.length === 0);
        if (!kinds.has('connector') && !isEmpty) report(file, { kind: 'a connector alone', found });
        if (!kinds.has('flow')) report(file, { kind: 'a flow and the connector', found });
      },
    },
  },
  {
    id: 'package-solution-extra',
    level: 'warning',
    certified: 'error',
    message: '{name} is one solution too many: {problem}.',
    hint: 'Remove it from the package.',
    reason: 'A package has one solution with the connector, one with a flow, and at most one with an AI plugin.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: withPlugin(pluginSolution) },
      { package: withFlowSolution(connectorSolution) },
    ],
    bad: [
      { package: withPlugin(flowSolution) },
      { package: withPlugin(connectorSolution) },
      { package: withPlugin(withoutConnector) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        if (!solutions.every(isWhole)) return;
        const kinds = new Set(solutions.map(({ kind }) => kind));
        // One too many is the one that should be of a kind that is missing.
        if (!kinds.has('connector') || !kinds.has('flow')) return;
        const seen = new Set<SolutionKind>();
        for (const { name, kind, contents } of solutions) {
          const isStray = contents.length === 0;
          const problem = isStray
            ? 'it has no connector'
            : `the package already has one with ${contentWords(contents)}`;
          if (isStray || seen.has(kind)) report(wholeFile(connector.archiveFile(name)), { name, problem });
          if (kind !== 'other') seen.add(kind);
        }
      },
    },
  },
];

/** Whether it's known what is in it. */
function isWhole({ solution }: PackagedSolution): boolean {
  return solution !== undefined && missingRootFiles(solution).length === 0 && solution.xmlFaults.length === 0;
}

function contentWords(contents: readonly SolutionContent[]): string {
  const words = contents.map((content) => `${content === 'plugin' ? 'an AI' : 'a'} ${content}`);
  return words.length === 0 ? 'no connector' : words.join(' and ');
}
