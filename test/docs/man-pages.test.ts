import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { manPages } from '../../.ci/man-pages.ts';
import { escaped, prose } from '../../.ci/roff.ts';
import { commandDefinitions } from '../../src/commands/catalogue.ts';
import { exampleLine } from '../../src/commands/example.ts';
import { commandOptions } from '../../src/commands/command-options.ts';

const pages = await manPages(fileURLToPath(new URL('../..', import.meta.url)));
const headings = [
  'NAME',
  'SYNOPSIS',
  'DESCRIPTION',
  'OPTIONS',
  'EXAMPLES',
  'EXIT STATUS',
  'ENVIRONMENT',
  'FILES',
  'SEE ALSO',
];

/** Requests of the man macros, and of roff itself, that pages use. */
const requests = new Set(['TH', 'SH', 'SS', 'TP', 'PP', 'RS', 'RE', 'nf', 'fi', 'nh', 'ad']);

/** The text that a reader sees, without requests. */
function shown(page: string): string {
  return page
    .split('\n')
    .filter((line) => !line.startsWith('.'))
    .join('\n')
    .replaceAll(/\\f[BIR]|\\&/gu, '')
    .replaceAll(/\\\[u([\dA-F]+)\]/gu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('\\-', '-')
    .replaceAll('\\(aq', "'")
    .replaceAll('\\(dq', '"')
    .replaceAll('\\(ti', '~')
    .replaceAll('\\(ha', '^')
    .replaceAll('\\(ga', '`')
    .replaceAll('\\e', '\\');
}

test('there is a man page of the program, and one of each command', () => {
  expect([...pages.keys()]).toEqual(['paconn.1', ...commandDefinitions.map(({ name }) => `paconn-${name}.1`)]);
});

describe.each([...pages])('the man page %s', (file, page) => {
  const lines = page.trimEnd().split('\n');

  test('has the sections that man pages have, in their order', () => {
    const name = file.replace(/\.1$/u, '').replaceAll('-', '\\-');
    expect(lines[0]).toMatch(/^\.TH "\S+" "1" "" "paconn \d+\.\d+\.\d+" "paconn manual"$/u);
    expect(lines.filter((line) => line.startsWith('.SH ')).map((line) => line.slice(4))).toEqual(headings);
    const nameAt = lines.indexOf('.SH NAME') + 1;
    expect(lines[nameAt]?.startsWith(`${name} \\- `)).toBe(true);
    expect(lines[nameAt]).not.toMatch(/\.$/u);
  });

  test('has only requests that every reader of man pages knows, and no empty lines', () => {
    const controls = lines.filter((line) => /^[.']/u.test(line));
    expect(controls.filter((line) => !requests.has(line.slice(1).split(' ')[0] ?? ''))).toEqual([]);
    expect(lines.filter((line) => line.trim() === '' || line !== line.trim())).toEqual([]);
    const count = (request: string): number => lines.filter((line) => line.split(' ')[0] === request).length;
    expect([count('.nf'), count('.RS')]).toEqual([count('.fi'), count('.RE')]);
  });

  test('has only characters that are the same in every encoding, and escapes that end what they start', () => {
    const texts = lines.filter((line) => !line.startsWith('.'));
    expect(texts.filter((line) => /[^ -~]/u.test(line))).toEqual([]);
    expect(texts.filter((line) => /(?<!\\)-|(?<!\\\()[`'"^~]/u.test(line))).toEqual([]);
    const escapes = texts.flatMap((line) => line.match(/\\(?:f.|\(..|\[.*?\]|.)/gu) ?? []);
    expect(
      escapes.filter((escape) => !/^\\(?:f[BIR]|\((?:aq|dq|ga|ha|ti)|\[u[\dA-F]{4,6}\]|[-e&])$/u.test(escape)),
    ).toEqual([]);
    for (const line of texts) expect(line.match(/\\f[BI]/gu)?.length).toBe(line.match(/\\fR/gu)?.length);
  });
});

test.each(commandDefinitions.map((definition) => [definition.name, definition] as const))(
  'the man page of %s has its options, arguments, and examples',
  (name, definition) => {
    const text = shown(pages.get(`paconn-${name}.1`) ?? '');
    const { paths, morePaths, examples, seeAlso } = definition;
    const withoutBrackets = (written: string): string => written.replaceAll(/<(\S+?)>/gu, '$1');
    const operands = [paths, morePaths].flatMap((argument) => (argument ? [withoutBrackets(argument[0])] : []));
    expect(text).toContain(`\npaconn ${[name, '[options]', ...operands].join(' ')}\n`);
    for (const { long, short, description } of commandOptions(definition)) {
      expect(text).toMatch(new RegExp(`^${short === undefined ? '' : `${short}, `}${long}(?: |$)`, 'mu'));
      expect(text).toContain(`\n${withoutBrackets(description)}\n`);
    }
    for (const [line, , shell] of examples) expect(text).toContain(`\n${exampleLine(line, 'linux', shell)}\n`);
    for (const other of seeAlso) expect(text).toContain(`paconn-${other}(1)`);
  },
);

test('the man page of the program has the exit codes, variables, and files of the documentation', () => {
  const text = shown(pages.get('paconn.1') ?? '');
  for (const code of ['0', '1', '2', '3', '4', '130']) expect(text).toContain(`\n${code}\n`);
  expect(text).toContain("\n3\nYou aren't signed in, or your sign-in was refused or has expired.\n");
  expect(text).toContain('\nPACONN_CLOUD\ncloud, as in --cloud, ');
  expect(text).toContain('\nHTTPS_PROXY, ALL_PROXY, NO_PROXY\n');
  expect(text).toContain('\npaconn.base.json, paconn.base/*.br\nthe last synced version: commit both\n');
  expect(text).toContain('\n~/.paconn/config.json\ndefaults\n');
});

test.each([
  ['.SH is no request here', String.raw`\&.SH is no request here`],
  ['\'x\' and "y"', String.raw`\(aqx\(aq and \(dqy\(dq`],
  [String.raw`C:\new`, String.raw`C:\enew`],
  ['~/a-b^c`', String.raw`\(ti/a\-b\(hac\(ga`],
  ['a…', String.raw`a\[u2026]`],
])('%s appears in a man page as it is written', (text, roff) => {
  expect(escaped(text)).toBe(roff);
  expect(shown(roff)).toBe(text);
});

test.each([
  ['Pass `--environment <environment>`.', String.raw`Pass \fB\-\-environment <environment>\fR.`],
  ['See [the page](page.md#part).', 'See the page.'],
  ['Use - or --json-version <number>', String.raw`Use \- or \fB\-\-json\-version\fR \fInumber\fR`],
])('%s has the form of man pages', (text, roff) => {
  expect(prose(text).replaceAll(String.raw`\&`, '')).toBe(roff);
});
