import { filesIn, nameInArchive } from '../../solution/archive.ts';
import {
  type ArchiveTree,
  type ConnectorPackage,
  isReadable,
  usesConnector,
} from '../../solution/connector-package.ts';
import { packageNames } from '../../solution/layout.ts';
import { childOf, textOf } from '../../solution/xml.ts';
import { wholeFile } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { assetsPolicy } from '../knowledge/policies.ts';
import {
  connectorSolution,
  exampleId,
  flowSolution,
  packageOf,
  replaced,
  wholePackage,
  withConnectorSolution,
  withFlowSolution,
  without,
} from '../knowledge/package-example.ts';

function reportFile(name: string, report: Report, connector: ParsedConnector, more: Record<string, string> = {}): void {
  report(wholeFile(connector.archiveFile(name)), { name, ...more });
}

/** All ZIP files that can be read, from the outermost. */
function allArchives(tree: ArchiveTree): readonly ArchiveTree[] {
  return [tree, ...[...tree.nested.values()].flatMap((inner) => (isReadable(inner) ? allArchives(inner) : []))];
}

/** Whether a package is in a folder, as the ZIP file of a folder has it. */
function isInFolder(outer: ArchiveTree, folder: string): boolean {
  return filesIn(outer, folder).some((name) => /\.(?:zip|md)$/iu.test(name));
}

function hasSets({ solutions }: ConnectorPackage): boolean {
  return solutions.some(({ solution }) =>
    solution?.connectors.some(({ files }) => files.connectionparametersets?.bytes !== undefined),
  );
}

export const packageRules: readonly Rule[] = [
  {
    id: 'package-files-missing',
    level: 'warning',
    certified: 'error',
    message: 'The package is empty: {name} has no ZIP file and no Markdown file.',
    hint: 'Create it with: paconn package',
    reason: 'A package has intro.md and package.zip.',
    sources: ['CE'],
    good: [{ package: wholePackage }, { package: { 'P/intro.md': '', 'P/package.zip': {} } }],
    bad: [{ package: { 'notes.txt': '' } }],
    check: {
      package: ({ outer, zips, intros }, report, connector) => {
        const isWrapped = [...outer.folders].some((folder) => isInFolder(outer, folder));
        if (zips.length === 0 && intros.length === 0 && !isWrapped) reportFile(outer.name, report, connector);
      },
    },
  },
  {
    id: 'package-intro-missing',
    level: 'warning',
    certified: 'error',
    message: 'intro.md is missing at the root of {name}.',
    reason: 'Certification publishes the introduction as the documentation of the connector.',
    sources: ['CE'],
    good: [{ package: wholePackage }, { package: { 'notes.txt': '' } }],
    bad: [{ package: without(wholePackage, 'intro.md') }],
    check: {
      package: ({ outer, zips, intros }, report, connector) => {
        if (intros.length === 0 && zips.length > 0) reportFile(outer.name, report, connector);
      },
    },
  },
  {
    id: 'package-root-invalid',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    hint: 'Create the package with: paconn package',
    reason: 'Certification finds the files of a package by their places.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: { 'notes.txt': '' } },
      { package: { ...wholePackage, 'customProperties.json': '{}' } },
    ],
    bad: [
      { package: { ...wholePackage, 'second.zip': {} } },
      { package: { ...wholePackage, 'readme.md': '' } },
      { package: { ...wholePackage, 'docs/': '' } },
      { package: without(wholePackage, 'package.zip') },
      { package: packageOf({ 'ConnectorSolution.zip': connectorSolution, 'deep/FlowSolution.zip': flowSolution }) },
      { package: { 'P/intro.md': '', 'P/package.zip': {} } },
    ],
    check: {
      package: ({ outer, innerName, inner, zips, intros, assets }, report, connector) => {
        const reportProblem = (name: string, problem: string, policy?: string): void =>
          report(wholeFile(connector.archiveFile(name)), { problem }, { policy });
        const isEmpty = zips.length === 0 && intros.length === 0;
        if (zips.length === 0 && !isEmpty)
          reportProblem(outer.name, `package.zip is missing at the root of ${outer.name}.`);
        for (const folder of [...outer.folders].filter((name) => !name.includes('/'))) {
          const name = nameInArchive(outer, folder);
          const holdsAll = isEmpty && isInFolder(outer, folder);
          const problem = holdsAll
            ? `Everything in ${outer.name} is in the folder '${folder}'; intro.md and package.zip must be at its root.`
            : `${name} is a folder: the root of a package has only files.`;
          reportProblem(name, problem);
        }
        const wanted = new Set([innerName, intros[0]]);
        for (const extra of [...zips, ...intros].filter((name) => !wanted.has(name))) {
          const name = nameInArchive(outer, extra);
          const kind = zips.includes(extra) ? 'ZIP' : 'Markdown';
          reportProblem(name, `${name} is one ${kind} file too many: the root of a package has one.`);
        }
        if (!inner) return;
        for (const folder of inner.folders) {
          if (!folder.includes('/') || !assets.includes(folder.replace(/\/[^/]*$/u, ''))) continue;
          const name = nameInArchive(inner, folder);
          reportProblem(name, `${name} is a folder: only ZIP files of solutions are expected there.`, assetsPolicy);
        }
      },
    },
  },
  {
    id: 'package-assets-missing',
    level: 'error',
    message: '{problem}',
    reason: 'Certification looks for the solutions in that folder.',
    sources: ['CE', 'ZIP'],
    good: [{ package: wholePackage }, { package: { 'intro.md': '' } }],
    bad: [
      { package: { 'intro.md': '', 'package.zip': 'damaged' } },
      { package: { 'intro.md': '', 'package.zip': { 'a.zip': {} } } },
      { package: { 'intro.md': '', 'package.zip': { 'PkgAssets/a.zip': connectorSolution, 'Other/a.txt': '' } } },
    ],
    check: {
      package: ({ outer, innerName, inner, innerFault, assets }, report, connector) => {
        if (innerName === undefined || assets.length === 1) return;
        const name = inner?.name ?? nameInArchive(outer, innerName);
        const problem = innerFault ?? `${name} must have one folder at its root, PkgAssets.`;
        reportFile(name, report, connector, { problem });
      },
    },
  },
  {
    id: 'package-assets-name',
    level: 'warning',
    message: "The folder in package.zip has the name '{folder}' instead of PkgAssets.",
    reason: "Microsoft's script accepts other names, but every known package has this one.",
    sources: ['CE'],
    good: [{ package: wholePackage }, { package: { 'intro.md': '', 'package.zip': { 'A/a.zip': {}, 'B/a.zip': {} } } }],
    bad: [{ package: { 'intro.md': '', 'package.zip': { 'Assets/a.zip': connectorSolution } } }],
    check: {
      package: ({ inner, assets }, report, connector) => {
        const [folder, second] = assets;
        if (!inner || folder === undefined || second !== undefined || folder === packageNames.assets) return;
        reportFile(nameInArchive(inner, folder), report, connector, { folder });
      },
    },
  },
  {
    id: 'package-custom-properties-missing',
    level: 'warning',
    message: 'A connector with several sign-in methods needs customProperties.json in the package.',
    hint: 'Add yours with: paconn package --custom-properties <file>',
    reason: 'Certification asks for the file where users choose how to sign in.',
    sources: ['CE'],
    good: [{ package: wholePackage }, { package: { ...withSets(), 'customProperties.json': '{}' } }],
    bad: [{ package: withSets() }],
    check: {
      package: (given, report, connector) => {
        const { outer, inner } = given;
        const places = [outer, ...(inner ? [inner] : [])].flatMap((archive) => filesIn(archive, ''));
        const isThere = places.some((name) => name.toLowerCase() === packageNames.customProperties.toLowerCase());
        if (!isThere && hasSets(given)) reportFile(outer.name, report, connector);
      },
    },
  },
  {
    id: 'package-backslash-names',
    level: 'warning',
    message: '{name} has paths with backslashes.',
    hint: 'Create it with paconn package, or with a tool that writes / between folders.',
    reason: 'Some tools on Windows write such ZIP files, but the format requires slashes.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [{ package: { 'intro.md': '', 'package.zip': { 'PkgAssets\\a.zip': connectorSolution } } }],
    check: {
      package: ({ outer }, report, connector) => {
        for (const { name, hasBackslashes } of allArchives(outer)) {
          if (hasBackslashes) reportFile(name, report, connector);
        }
      },
    },
  },
  {
    id: 'package-definition-missing',
    level: 'warning',
    certified: 'error',
    message: 'The solution names no API definition of the connector, or its file is missing.',
    reason: 'Certification checks the API definition in the solution.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [
      { package: withConnectorSolution(without(connectorSolution, 'Connector/new_pets_openapidefinition.json')) },
      { package: withConnectorSolution(replaced(connectorSolution, 'customizations.xml', 'openapidefinition>', 'x>')) },
    ],
    check: { package: (given, report, connector) => reportMissing('openapidefinition', given, report, connector) },
  },
  {
    id: 'package-icon-missing',
    level: 'warning',
    certified: 'error',
    message: 'The solution names no icon of the connector, or its file is missing.',
    reason: 'Certification requires an icon.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [
      { package: withConnectorSolution(without(connectorSolution, 'Connector/new_pets_iconblob.Png')) },
      { package: withConnectorSolution(replaced(connectorSolution, 'customizations.xml', 'iconblob>', 'x>')) },
    ],
    check: { package: (given, report, connector) => reportMissing('iconblob', given, report, connector) },
  },
  {
    id: 'package-flow-without-connector',
    level: 'warning',
    certified: 'error',
    message: 'No flow in this solution uses the connector.',
    hint: 'Export the flow from an unmanaged solution that also has the connector.',
    reason: 'Certification tries the connector with the sample flow.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      {
        package: withFlowSolution({
          ...replaced(
            flowSolution,
            'customizations.xml',
            '</ImportExportXml>',
            `<connectionreferences><connectionreference><customconnectorid><connectorid>{${exampleId}}</connectorid></customconnectorid></connectionreference></connectionreferences></ImportExportXml>`,
          ),
          'Workflows/Feed.json': '{}',
        }),
      },
    ],
    bad: [
      { package: withFlowSolution({ ...flowSolution, 'Workflows/Feed.json': '{}' }) },
      // A request that mentions the connector isn't an action of it.
      {
        package: withFlowSolution({
          ...flowSolution,
          'Workflows/Feed.json':
            '{ "properties": { "connectionReferences": {}, "definition": { "logicalName": "new_pets" } } }',
        }),
      },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { kind, solution } of solutions) {
          if (kind !== 'flow' || !solution?.customizations?.root) continue;
          const isUsed = solution.connectors.some(({ name, element }) =>
            usesConnector(solution, name, textOf(element, 'connectorid')),
          );
          if (!isUsed) report(connector.rangeOf(solution.customizations.root));
        }
      },
    },
  },
  {
    id: 'package-managed',
    level: 'warning',
    certified: 'error',
    message: "The solution isn't marked as unmanaged.",
    hint: 'Export it as an unmanaged solution, which has <Managed>0</Managed>.',
    reason: 'Certification needs to import and change the solution.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [
      { package: withConnectorSolution(replaced(connectorSolution, 'solution.xml', '>0<', '>1<')) },
      { package: withConnectorSolution(replaced(connectorSolution, 'solution.xml', '<Managed>0</Managed>', '')) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { solution } of solutions) {
          const root = solution?.manifest?.root;
          if (!root) continue;
          const manifest = childOf(root, 'SolutionManifest');
          const managed = childOf(manifest, 'Managed');
          if (managed?.text !== '0') report(connector.rangeOf(managed ?? manifest ?? root));
        }
      },
    },
  },
];

function reportMissing(
  member: 'openapidefinition' | 'iconblob',
  { solutions }: ConnectorPackage,
  report: Report,
  connector: ParsedConnector,
): void {
  for (const { kind, solution } of solutions) {
    if (kind !== 'connector') continue;
    for (const { element, files } of solution?.connectors ?? []) {
      if (element && !files[member]?.bytes) report(connector.rangeOf(element));
    }
  }
}

function withSets(): ReturnType<typeof packageOf> {
  const file = 'Connector/new_pets_connectionparametersets.json';
  const xml = connectorSolution['customizations.xml'].replace(
    '<iconblob>',
    `<connectionparametersets>/${file}</connectionparametersets><iconblob>`,
  );
  return packageOf({
    'ConnectorSolution.zip': { ...connectorSolution, 'customizations.xml': xml, [file]: '{}' },
    'FlowSolution.zip': flowSolution,
  });
}
