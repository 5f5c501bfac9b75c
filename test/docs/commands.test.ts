import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { commandsByName } from '../../src/commands/catalogue.ts';
import { commandOptions } from '../../src/commands/command-options.ts';

const root = new URL('../../', import.meta.url);
const docs = await readdir(new URL('docs/', root));
const pages = ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

/** The command lines in code blocks and code spans, without comments and without what a shell does with them. */
function commandLinesIn(page: string): string[] {
  const spans = [...page.replaceAll(/^```.*?^```$/gmsu, '').matchAll(/`(paconn [^`]+)`/gu)].map(
    ([, code = '']) => code,
  );
  const blocks = [...page.matchAll(/^```(?:sh|yaml|powershell)\n(.*?)^```$/gmsu)].map(([, code = '']) => code);
  const lines = blocks.flatMap((code) => code.replaceAll(/\\\n\s*/gu, '').split('\n'));
  return [...spans, ...lines].flatMap((line) => {
    const unquoted = line.replaceAll(/"[^"]*"|'[^']*'/gu, 'x').replace(/(?:^|\s)#.*$/u, '');
    return [...unquoted.matchAll(/(?:^|[\s(])paconn(?:@[\d.]+)? [a-z][^|&;)]*/gu)].map(([command]) => command.trim());
  });
}

/** Words of a command line that the program doesn't know. */
function unknownWords(commandLine: string): string[] {
  const [, name = '', ...words] = commandLine.split(/\s+/u);
  const definition = commandsByName.get(name);
  if (name === 'help') return [];
  if (!definition) return [name];
  const options = commandOptions(definition).flatMap(({ long, python, also, short }) => [long, python, also, short]);
  const known = new Set([...options, '-h', '--help']);
  return words.map((word) => word.split('=')[0] ?? '').filter((word) => /^--?[a-z]/iu.test(word) && !known.has(word));
}

describe.each(pages)('the commands in %s', (name) => {
  test('exist, with their options', async () => {
    const lines = commandLinesIn(await readFile(new URL(name, root), 'utf8'));
    expect(lines.filter((line) => unknownWords(line).length > 0)).toEqual([]);
  });
});

test('an unknown command and an unknown option are found', () => {
  const page =
    '```sh\npaconn lst   # list\nnpx paconn@0.1.0 list --envs "a --b" -o tsv | wc -l\n```\nUse `paconn show --web`.';
  expect(commandLinesIn(page).map(unknownWords)).toEqual([[], ['lst'], ['--envs']]);
});
