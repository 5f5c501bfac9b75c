import { wholeFile } from '../place.ts';
import type { Rule } from '../rule.ts';

const maximumScriptSize = 1_048_576;

export const scriptRules: readonly Rule[] = [
  {
    id: 'script-too-large',
    level: 'error',
    message: 'The script has {size} bytes; the limit is 1 MB.',
    reason: 'The service takes no larger script.',
    sources: ['WC', 'SC'],
    good: { script: 'public class Script : ScriptBase { }' },
    bad: { script: `//${' '.repeat(maximumScriptSize)}` },
    check: {
      script: (file, report) => {
        if (file.size > maximumScriptSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
  {
    id: 'script-operation-unknown',
    level: 'error',
    message: "Operation '{id}' was not found.",
    reason: 'The script would never run for an operation that does not exist.',
    sources: ['PC'],
    good: {
      definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" } } } }',
      properties: '{ "properties": { "scriptOperations": ["GetA"] } }',
    },
    bad: {
      definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" } } } }',
      properties: '{ "properties": { "scriptOperations": [⟦"GetB"⟧] } }',
    },
    checkMember: {
      names: ['scriptOperations'],
      of: {
        properties: (member, report, _node, { definition }) => {
          if (!definition) return;
          for (const item of member.members()) {
            const id = item.value;
            if (typeof id === 'string' && !definition.operationsById.has(id)) report(item, { id });
          }
        },
      },
    },
  },
];
