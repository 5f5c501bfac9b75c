import { nameInArchive } from '../../solution/archive.ts';
import { workflowsOf } from '../../solution/connector-package.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { flowSolution, replaced, wholePackage, withFlowSolution, without } from '../knowledge/package-example.ts';

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export const packageWorkflowRules: readonly Rule[] = [
  {
    id: 'package-workflows-missing',
    level: 'warning',
    certified: 'error',
    message: "The folder 'Workflows' with the files of flows is missing.",
    reason: 'A solution with flows has a file for each of them.',
    sources: ['CE'],
    good: [{ package: wholePackage }],
    bad: [{ package: withFlowSolution(without(flowSolution, 'Workflows/Feed.json')) }],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { kind, solution } of solutions) {
          // One for the connector must have no flows at all.
          if (!solution || kind === 'connector') continue;
          const { element, files } = workflowsOf(solution);
          if (element && element.children.length > 0 && files.length === 0) report(connector.rangeOf(element));
        }
      },
    },
  },
  {
    id: 'package-workflow-mismatch',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    reason: 'Certification compares the flows in customizations.xml with the files in the folder Workflows.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: withFlowSolution(without(flowSolution, 'Workflows/Feed.json')) },
      { package: withFlowSolution({ ...flowSolution, 'customizations.xml': '<ImportExportXml>' }) },
      { package: withFlowSolution(replaced(flowSolution, 'customizations.xml', '/Workflows/Feed', 'Workflows\\Feed')) },
    ],
    bad: [
      { package: withFlowSolution(replaced(flowSolution, 'customizations.xml', 'Feed.json', 'Other.json')) },
      { package: withFlowSolution(replaced(flowSolution, 'customizations.xml', 'Feed.json', 'feed.json')) },
      { package: withFlowSolution({ ...flowSolution, 'Workflows/Second.json': '{}' }) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { kind, solution } of solutions) {
          // Without the XML it isn't known which files are named.
          if (!solution || kind === 'connector' || solution.xmlFaults.length > 0) continue;
          const { named, files } = workflowsOf(solution);
          if (files.length === 0) continue;
          for (const { path, element } of named) {
            if (files.includes(path)) continue;
            const near = files.find((file) => sameName(file, path));
            const problem =
              near === undefined ? `'${path}' is missing.` : `'${path}' is called '${near}': names are case-sensitive.`;
            report(connector.rangeOf(element), { problem }, { isMild: near !== undefined });
          }
          for (const file of files.filter((one) => !named.some(({ path }) => sameName(path, one)))) {
            const problem = 'No flow in customizations.xml has this file.';
            report(wholeFile(connector.archiveFile(nameInArchive(solution.archive, file))), { problem });
          }
        }
      },
    },
  },
];
