import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages that are bundled, as one text: they ask to go wherever the code goes.
 *
 * @param root Directory of the project.
 * @param inputs Paths of all bundled files, below it.
 */
export async function licences(root, inputs) {
  const directories = inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? []);
  const packages = [...new Set(directories)].toSorted((a, b) => a.localeCompare(b));
  const texts = await Promise.all(packages.map((directory) => licence(join(root, directory))));
  return `paconn holds code of these packages.\n\n${texts.join('\n\n')}\n`;
}

async function licence(directory) {
  const { name, version, license } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const file = (await readdir(directory)).find((entry) => /^licen[cs]e/iu.test(entry));
  const own = file && (await readFile(join(directory, file), 'utf8'));
  // Some packages have their licence at the end of their README only.
  const text = own || /^#* *licen[cs]e\s.*$/imsu.exec(await readFile(join(directory, 'README.md'), 'utf8'))?.[0];
  if (!text) throw new Error(`${directory} has no licence text`);
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${sourceNotice({ name, version, license })}${text.trim()}`;
}

/** Section 3.2 of the Mozilla Public License: who gets the code in this form is told where its source form is. */
function sourceNotice({ name, version, license }) {
  if (!license.startsWith('MPL-')) return '';
  return `The source code of this package is available, under this license and free of charge, at
https://www.npmjs.com/package/${name}/v/${version}?activeTab=code (npm pack ${name}@${version}). It is used unchanged.\n\n`;
}
