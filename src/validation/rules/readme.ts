import { isReadme } from '../engine/file-roles.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

/** What headings of the readme are about, as certification's template has them; of independent publishers all of them. */
const sections = ['publisher', 'prerequisites', 'supported operations', 'obtaining credentials', 'known issues'];
const required = ['known issues'];

export const readmeRules: readonly Rule[] = [
  {
    id: 'readme-missing',
    level: 'certification',
    message: 'A readme file is required for certification.',
    hint: 'Add README.md next to the API definition.',
    reason: 'Microsoft generates the documentation of a published connector from its readme.',
    sources: ['CS'],
    good: [
      { definition: '{}', others: ['readme.md'] },
      { definition: '{}', others: ['intro.md'] },
      { others: ['notes.txt'] },
      { definition: '{}' },
    ],
    bad: [{ definition: '{}', others: ['notes.txt'] }],
    check: {
      connector: ({ files: [file], others }, report) => {
        if (!file || !others) return;
        if (!others.some(isReadme)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'readme-section-missing',
    level: 'info',
    message: "The readme has no section '{name}'.",
    reason: "Certification's template of the readme has these sections, and users look for them in the documentation.",
    sources: ['CS'],
    good: [
      { readme: '# Orders\n\n## Known issues and limitations\n\nNone.\n' },
      { readme: 'Orders\n\nKnown Issues\n------------\n' },
      { readme: sections.map((name) => `## ${name}`).join('\n'), publisher: 'independent' },
      { definition: '{}' },
    ],
    bad: [
      { readme: '# Orders\n\nThere are no known issues.\n' },
      { readme: '## Known issues\n', publisher: 'independent' },
    ],
    check: {
      connector: ({ readmeFile, publisher }, report) => {
        if (!readmeFile) return;
        const headings = headingsOf(readmeFile.text);
        const expected = publisher === 'independent' ? sections : required;
        for (const name of expected) {
          if (!headings.some((heading) => heading.includes(name))) report(wholeFile(readmeFile), { name });
        }
      },
    },
  },
];

/** In lower case: lines with # before them, or a line of = or - below. */
function headingsOf(markdown: string): readonly string[] {
  const lines = markdown.toLowerCase().split(/\r?\n/u);
  return lines.filter(
    (line, index) => /^\s{0,3}#/u.test(line) || /^\s{0,3}(?:=+|-+)\s*$/u.test(lines[index + 1] ?? ''),
  );
}
