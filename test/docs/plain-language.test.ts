import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Wording that readers stumble over, each with a text that has it and what to write instead. */
const patterns: readonly [pattern: RegExp, example: string, write: string][] = [
  [/\b(?:nobody|somebody|everybody)\b/iu, 'Nobody is signed in.', 'you, users, or someone else'],
  [/\bgives?\b|\b(?:is|are|was|not|none) given\b/iu, 'no script is given', 'provide, pass, or return'],
  [/\btold\b|\btells? apart\b/iu, '8 unless told', '(default: 8), shown, or reported'],
  [/\bexcludes? each other\b/iu, 'They exclude each other.', "can't be used together"],
  [/\b(?:is|are|was|were) to be\b|\bbe had\b|\bhas to be\b/iu, 'It has to be confirmed.', 'must, or is available'],
  [/\bany more\b(?! than)/iu, 'It is not kept any more.', 'no longer'],
  [/\banew\b/iu, 'Sign in anew.', 'again'],
  [
    /\bby (?:itself|themselves)\b|\bof (?:its|their) own\b/iu,
    'in a folder of its own',
    'automatically, or its own folder',
  ],
  [/\bbesides?\b/iu, 'the file beside it', 'next to, or in addition to'],
  [/\b(?:begins?|began)\b/iu, 'It begins with a slash.', 'start'],
  [/\bstands? (?:for|in|at|there|here)\b/iu, 'It stands for all others.', 'is, appears, or covers'],
  [/\bfaults?\b|\bmend(?:s|ed)?\b/iu, 'Mend the fault.', 'problem, and fix'],
  [/\bput back\b/iu, 'Put back a backup.', 'restore'],
  [/\bin step with\b/iu, 'in step with the files', 'since your last download'],
  [/\bunawares\b|\bwithout a word\b|\bto the letter\b/iu, 'lost without a word', 'silently, or exactly'],
  [/\bone a line\b|\ba line each\b|\bnothing but\b/iu, 'names, one a line', 'one per line, or only'],
  [/\b(?:that|those) of (?:the|all|others)\b/iu, 'Those of all environments.', 'the noun again'],
  [/\ball the same\b|\bas (?:it|they) (?:is|are|was|were)\b/iu, 'taken as it is', 'anyway, or unchanged'],
  [/, too\b/iu, 'Give advice, too.', 'also, before the verb'],
  [/\b(?:is|are) no (?!longer|known)/iu, 'a.txt is no file of it.', "isn't a"],
  [/\b(?:cannot|could not|does not|do not|did not|is not|are not|was not)\b/iu, 'It cannot be read.', "can't, isn't"],
  [/\bkept\b|\bholds?\b/iu, 'what the environment holds', 'stored, saved, contains, or has'],
  [/\bsays?\b|\bsaid\b/iu, 'what the files say', 'specify, report, or show'],
  [/\b(?:un)?sealed\b/iu, 'a sealed sign-in', 'encrypted'],
  [/^There (?:is|are) (?:an?|no|nothing)\b/u, 'There is a file already.', 'the subject first'],
  [
    /(?:--[a-z-]+|paconn [a-z]+) (?:APP|FILE|FOLDER|ID|NAME|RULE|TENANT)\b/u,
    '--against FOLDER',
    'a placeholder such as <folder>',
  ],
  [/\b(?:this|your) machine\b/iu, 'nothing leaves this machine', 'computer'],
  [/\b(?:colour|behaviour|favourite|licence|cancelled)\b/iu, 'in colour', 'US spelling'],
];

const root = new URL('../../', import.meta.url);

/** A sentence of the Python tool that scripts look for. */
const fixed = 'File does not exist:';

/** The texts of a program: literals with words; what is put into them is a dash. */
function literals(source: string): string[] {
  const tokens = source.matchAll(
    /\/\*[^]*?\*\/|\/\/[^\n]*|\/(?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[gimsu]*u|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/gu,
  );
  return [...tokens]
    .map(([, single, double, template]) => single ?? double ?? template?.replaceAll(/\$\{[^}]*\}/gu, '–') ?? '')
    .filter((text) => /[a-z] [a-z]/iu.test(text) && !/[;{}]\s*$|=>|^\s*\{/u.test(text));
}

/** The lines of a page for people, without code. */
function prose(page: string): string[] {
  return page
    .replaceAll(/^```[^]*?^```$/gmu, '')
    .replaceAll(/`[^`\n]*`/gu, '–')
    .split('\n');
}

async function textsBelow(folder: string, ending: string, split: (content: string) => string[]): Promise<string[]> {
  const names = await readdir(new URL(folder, root), { recursive: true });
  const found = names
    .filter((name) => name.endsWith(ending))
    .map(async (name) => {
      const content = await readFile(new URL(`${folder}${name.replaceAll('\\', '/')}`, root), 'utf8');
      return split(content).map((text) => `${folder}${name}: ${text}`);
    });
  return (await Promise.all(found)).flat();
}

const texts = [
  ...(await textsBelow('src/', '.ts', literals)),
  ...(await textsBelow('docs/', '.md', prose)),
  ...(await textsBelow('test/demo/', '.ts', literals)),
  ...(await textsBelow('.github/', '.md', prose)),
  ...prose(await readFile(new URL('README.md', root), 'utf8')),
];

test('there are texts of the program and of its pages', () => {
  expect(texts.filter((text) => text.startsWith('src/')).length).toBeGreaterThan(1500);
  expect(texts.filter((text) => text.startsWith('docs/')).length).toBeGreaterThan(1500);
});

test.each(patterns)('no text has %s', (pattern, example, write) => {
  expect(example).toMatch(pattern);
  const found = texts.filter((text) => pattern.test(text.replace(/^\S+: /u, '').replace(fixed, '')));
  expect(found, `write: ${write}`).toEqual([]);
});
