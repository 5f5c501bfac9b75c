import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../../src', import.meta.url));

interface Pattern {
  readonly place: string;
  readonly pattern: RegExp;
}

/** A regular expression as it is written: here all of them have the flag `u`. */
const literal =
  /(?<=[(=,:!&|?[{;\s])\/(?![/*])(?<body>(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/(?<flags>[dgims]*u)(?=[\s,;).\]}])/gu;

/** All regular expressions in the source. */
function patterns(): readonly Pattern[] {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return names.flatMap((name) => {
    const text = readFileSync(join(source, name), 'utf8');
    return [...text.matchAll(literal)].map(({ index, groups: { body = '', flags = '' } = {} }) => ({
      place: `${name}:${text.slice(0, index).split('\n').length}`,
      pattern: new RegExp(body, [...new Set(`${flags}g`)].join('')),
    }));
  });
}

/** Parts that long texts are made of: what the languages of our files have, and what an expression itself speaks of. */
function unitsFor({ source: text }: RegExp): readonly string[] {
  const spoken = text
    .replaceAll(/\\[dwsbpPDWSBk](?:\{[^}]*\})?|\(\?(?:<?[=!]|<\w+>|:)|[\\^$.|?*+()[\]{}]/gu, '\n')
    .split('\n');
  const words = spoken.filter((word) => word !== '');
  const characters = words.flatMap((word) => Array.from(word));
  const pairs = words.slice(0, 8).flatMap((one) => words.slice(0, 8).map((other) => `${one}${other}`));
  const own = [
    'a',
    '0',
    ' ',
    '\n',
    '"',
    "'",
    '/',
    '\\',
    '.',
    ',',
    '-',
    '_',
    '{',
    '}',
    '[',
    '(',
    '<',
    '>',
    '%25',
    'a.',
    'a ',
    '/*',
    '//a\n',
    '\\u0061',
    'é',
    ';',
    '=',
    ':',
  ];
  return [...new Set([...own, ...words, ...characters, ...pairs])].slice(0, 80);
}

/** Milliseconds of the processor, on which nobody else has an influence. */
function cost(pattern: RegExp, text: string): number {
  const before = process.cpuUsage();
  let count = 0;
  for (const _match of text.matchAll(pattern)) count += 1;
  const { user, system } = process.cpuUsage(before);
  return count < 0 ? 0 : (user + system) / 1000;
}

/** The least of three: clearing of memory falls on one of them at most now and then. */
function leastCost(pattern: RegExp, text: string): number {
  return Math.min(...[1, 2, 3].map(() => cost(pattern, text)));
}

const size = 3000;
/** In milliseconds. What takes less is not worth a look. */
const noticeable = 3;

test('every regular expression takes time about as long as the text is', { timeout: 600_000 }, () => {
  const slow: string[] = [];
  const all = patterns();
  for (const { place, pattern } of all) {
    for (const unit of unitsFor(pattern)) {
      const text = (length: number): string => unit.repeat(length / unit.length);
      // What follows keeps what would match at the end from doing so.
      if (cost(pattern, `${text(size)}\u0000`) < noticeable) continue;
      const costFor = (length: number): number => leastCost(pattern, `${text(length)}\u0000`);
      const [one, many] = [costFor(size), costFor(size * 16)];
      // A time that grows with the square of the length is 256 times as long.
      if (many > 64 * one && many > noticeable)
        slow.push(`${place} ${String(pattern)} on ${JSON.stringify(unit)}: ${one} ms, then ${many} ms`);
    }
  }
  expect(all.length).toBeGreaterThan(100);
  expect(slow).toEqual([]);
});
