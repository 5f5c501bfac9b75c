import { partContent } from '../../connector/connector.ts';
import type { ConnectorSource, FileRole, PackagedFrom, PublishedFiles, ReadableFile } from './connector-source.ts';
import { foldersOf } from '../../solution/archive.ts';
import type { ArchiveTree, NestedArchive } from '../../solution/connector-package.ts';
import { packageNames } from '../../solution/layout.ts';
import { readPackage } from '../../solution/read-package.ts';
import { readSolution } from '../../solution/solution.ts';
import { environmentsFileName } from '../../values/environments-file.ts';
import { defaultNames } from './file-roles.ts';
import type { ArchiveExample, Example } from './rule.ts';

const roles = ['definition', 'properties', 'settings', 'script'] as const;

/** What a finding should mark in a file of an example, in offsets. */
export interface Mark {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** An example without its marks: the files for a check, and where the marks were. */
export function readExample(example: Example): { readonly source: ConnectorSource; readonly marks: readonly Mark[] } {
  const files: { -readonly [Role in FileRole]?: { name: string; bytes: Uint8Array | undefined } } = {};
  const marks: Mark[] = [];
  for (const role of roles) {
    const content = example[role];
    if (content === undefined) continue;
    const name = example.names?.[role] ?? defaultNames[role];
    const { bytes, ranges } = typeof content === 'string' ? unmarked(content) : { bytes: content, ranges: [] };
    files[role] = { name, bytes };
    marks.push(...ranges.map((range) => ({ file: name, ...range })));
  }
  if (example.icon !== undefined) {
    const bytes = Uint8Array.from(atob(example.icon), (character) => character.charCodeAt(0));
    files.icon = { name: example.names?.icon ?? defaultNames.icon, bytes };
  }
  for (const role of ['definition', 'properties', 'icon', 'script'] as const) {
    const name = example.missing?.[role];
    if (name !== undefined) files[role] = { name, bytes: undefined };
  }
  const { bytes, ranges } = unmarked(example.environments ?? '');
  marks.push(...ranges.map((range) => ({ file: environmentsFileName, ...range })));
  const environments = example.environments === undefined ? undefined : { name: environmentsFileName, bytes };
  const readme =
    example.readme === undefined ? undefined : { name: 'readme.md', bytes: new TextEncoder().encode(example.readme) };
  return {
    source: {
      ...files,
      ...(example.solution && { solution: readSolution(archiveTree(example.solution, 'Solution.zip')) }),
      ...(example.package && { package: readPackage(archiveTree(example.package, packageNames.outer)) }),
      packagedFrom: packagedFrom(example),
      readme,
      environments,
      unclear: example.unclear,
      others: example.others,
      publisher: example.publisher,
      published: publishedFiles(example),
    },
    marks,
  };
}

function packagedFrom({ packagedFrom: from }: Example): PackagedFrom | undefined {
  if (!from) return undefined;
  const encoder = new TextEncoder();
  const connector = {
    displayName: undefined,
    apiDefinition: partContent('apiDefinition', defaultNames.definition, encoder.encode(from.definition)),
    apiProperties: partContent('apiProperties', defaultNames.properties, encoder.encode(from.properties)),
    icon: undefined,
    script: undefined,
  };
  return { connector, isRequired: true };
}

function publishedFiles({ published }: Example): PublishedFiles | undefined {
  const file = (role: 'definition' | 'properties'): ReadableFile | undefined => {
    const content = published?.[role];
    return content === undefined
      ? undefined
      : { name: `published/${defaultNames[role]}`, bytes: new TextEncoder().encode(content) };
  };
  return published && { definition: file('definition'), properties: file('properties') };
}

/** What reading a ZIP file with these files would give. A name that ends with a slash is a folder; a ZIP file that is a text is damaged. */
function archiveTree(example: ArchiveExample, name: string): ArchiveTree {
  const files = new Map<string, Uint8Array>();
  const nested = new Map<string, NestedArchive>();
  const folders = new Set<string>();
  let hasBackslashes = false;
  for (const [written, content] of Object.entries(example)) {
    hasBackslashes ||= written.includes('\\');
    const entry = written.replaceAll('\\', '/');
    for (const folder of foldersOf(entry)) folders.add(folder);
    if (entry.endsWith('/')) continue;
    files.set(entry, new TextEncoder().encode(typeof content === 'string' ? content : ''));
    const inside = `${name}!/${entry}`;
    if (typeof content !== 'string') nested.set(entry, archiveTree(content, inside));
    else if (entry.endsWith('.zip')) nested.set(entry, { name: inside, fault: `${inside} isn't a ZIP file.` });
  }
  return { name, isZip: true, files, nested, folders, hasBackslashes };
}

interface Unmarked {
  readonly bytes: Uint8Array;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

function unmarked(content: string): Unmarked {
  const ranges: { start: number; end: number }[] = [];
  let removed = 0;
  for (const { index, 1: inside = '' } of content.matchAll(/⟦([^⟦⟧]*)⟧/gu)) {
    const start = index - removed;
    ranges.push({ start, end: start + inside.length });
    removed += 2;
  }
  return { bytes: new TextEncoder().encode(content.replaceAll(/[⟦⟧]/gu, '')), ranges };
}
