import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const names = ['README.md', 'CHANGELOG.md', '.github/CONTRIBUTING.md', '.github/SECURITY.md'];
const pages = await readdir(new URL('docs/', root));
names.push(...pages.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`));
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, root), 'utf8')] as const)),
);

test('the README has at most 200 lines', () => {
  expect((texts.get('README.md') ?? '').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});

test.each(names)('all links of %s to files and headings lead somewhere', (name) => {
  const page = new URL(name, root);
  const broken = linksIn(texts.get(name) ?? '').filter((link) => {
    const url = new URL(link, page);
    const path = fileURLToPath(url);
    if (!existsSync(path)) return true;
    const target = texts.get(fileURLToPath(url).slice(fileURLToPath(root).length));
    return url.hash !== '' && target !== undefined && !anchorsOf(target).has(url.hash.slice(1));
  });
  expect(broken).toEqual([]);
});

test('every page of docs is linked from the README or from another page', () => {
  const linked = new Set(
    [...texts].flatMap(([name, text]) =>
      linksIn(text).map((link) => fileURLToPath(new URL(link, new URL(name, root)))),
    ),
  );
  const unlinked = names.filter((name) => name.startsWith('docs/') && !linked.has(fileURLToPath(new URL(name, root))));
  expect(unlinked).toEqual([]);
});

/** The links to places of the repository, without those to the web. */
function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gmsu, '').replaceAll(/`[^`\n]*`/gu, '');
  return [...prose.matchAll(/\]\((?!https?:)([^)\s]+)\)/gu)].map(([, link = '']) => link);
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/^```.*?^```$/gmsu, '').matchAll(/^#+ (.*)$/gmu);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
