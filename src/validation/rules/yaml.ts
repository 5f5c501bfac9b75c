import { basename, dirname, join } from 'node:path';
import { pathWord } from '../../io/terminal/command-word.ts';
import { defaultNames } from '../engine/file-roles.ts';
import type { ForeignDocument } from '../engine/foreign-document.ts';
import type { NodeCheck, Rule } from '../engine/rule.ts';
import { longestWords } from '../engine/message.ts';
import type { SourceFile } from '../engine/source-file.ts';

export const convertFirst = 'Convert it with: paconn convert {source}';

/** What follows `paconn convert` for a file, so that its result is where the file is: it has the usual name of an API definition. */
export function convertArguments(path: string): string {
  const isInTheWay = basename(path).toLowerCase() === defaultNames.definition.toLowerCase();
  const folder = join(dirname(path), isInTheWay ? 'converted' : '');
  return `${pathWord(path)}${folder === '.' ? '' : ` --output-dir ${pathWord(folder)}`}`;
}

/** The same for a message, with what stands for a path of which it would have only a part. */
export function shownPath({ name }: Pick<SourceFile, 'name'>): string {
  const word = convertArguments(name);
  return word.length > longestWords ? '<file>' : word;
}

/** Reports a document of another kind as `{words}`, which takes the place of all that could be said of the file. */
export function reportForeign(kind: ForeignDocument['kind']): NodeCheck<'connector'> {
  return ({ foreign }, report) => {
    for (const { location, words, ...document } of foreign) {
      if (document.kind === kind) report(location, { words, source: shownPath(location.file) });
    }
  };
}

export const yamlRules: readonly Rule[] = [
  {
    id: 'yaml-unsupported',
    level: 'error',
    message: 'This is YAML. The service supports only JSON.',
    hint: convertFirst,
    reason: "The service supports only JSON. paconn doesn't check the rest of the file.",
    sources: ['RFC', 'DO'],
    good: [
      { definition: '{ "swagger": "2.0" }' },
      { definition: '{ swagger: "2.0" }' },
      { definition: 'version: 3\nservices:\n' },
      { definition: '"swagger": "2.0",\n' },
      { definition: '{ "swagger": "2.0" }', names: { definition: 'orders.yaml' } },
    ],
    bad: [
      { definition: '⟦⟧swagger: "2.0"\ninfo:\n  title: Orders\n' },
      { definition: "⟦⟧# Orders\r\n---\r\n\r\n'openapi': 3.0.1\r\n" },
      { definition: '⟦⟧info:\n  title: Orders\n' },
      { definition: '⟦⟧basePath: /v1\nhost: api.contoso.com\n"swagger": "2.0"\n' },
      { definition: '⟦⟧%YAML 1.2\n---\n"swagger": "2.0"\n' },
      { properties: '⟦⟧properties:\n  iconBrandColor: "#da3b01"\n' },
      { definition: '⟦⟧{swagger: "2.0", info: {title: Orders, version: v1}}\n', names: { definition: 'orders.yaml' } },
      { definition: '⟦⟧# Orders\n{\n  "info": {},\n}\n', names: { definition: 'orders.yml' } },
    ],
    check: { connector: reportForeign('yaml') },
  },
];
