import { filledElement, workflowsOf } from '../../solution/connector-package.ts';
import type { Rule } from '../engine/rule.ts';
import { pluginSolution, replaced, without, withPlugin } from '../knowledge/package-example.ts';

/** What a plugin has in customizations.xml, and the folders with its files. */
const folders = { aicopilot_aiplugin: 'aiplugins', aicopilot_aipluginoperation: 'aipluginoperations' } as const;

export const packagePluginRules: readonly Rule[] = [
  {
    id: 'package-plugin-invalid',
    level: 'warning',
    certified: 'error',
    message: 'The solution with the AI plugin {problem}.',
    hint: 'Export a solution that has only the plugin and the connector.',
    reason: "Microsoft's script rejects such packages.",
    sources: ['CE'],
    good: [{ package: withPlugin(pluginSolution) }],
    bad: [
      { package: withPlugin(without(pluginSolution, 'aiplugins/pets/aiplugin.xml')) },
      {
        package: withPlugin(
          replaced(
            pluginSolution,
            'customizations.xml',
            '</aiplugins>',
            '<aicopilot_aipluginoperation><n /></aicopilot_aipluginoperation></aiplugins>',
          ),
        ),
      },
      {
        package: withPlugin(
          replaced(pluginSolution, 'customizations.xml', '<Workflows />', '<Workflows><Workflow /></Workflows>'),
        ),
      },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { solution, contents } of solutions) {
          if (!solution || !contents.includes('plugin')) continue;
          const { element: workflows } = workflowsOf(solution);
          if (workflows && contents.includes('flow')) report(connector.rangeOf(workflows), { problem: 'has flows' });
          for (const [name, folder] of Object.entries(folders)) {
            const element = filledElement(solution.customizations?.root, name);
            if (!element || solution.archive.folders.has(folder)) continue;
            report(connector.rangeOf(element), { problem: `has no folder '${folder}'` });
          }
        }
      },
    },
  },
];
