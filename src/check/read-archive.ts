import { join, resolve } from 'node:path';
import { type DirectoryEntries, readDirectory } from '../io/fs/files.ts';
import type { Archive } from '../solution/archive.ts';
import type { ArchiveTree } from '../solution/connector-package.ts';
import { isPackageFolder, packageNames } from '../solution/layout.ts';
import { readZipTree, withNested } from '../solution/read-zip.ts';
import { requireInside } from './foreign-file.ts';
import { readConnectorFile } from './read-connector-file.ts';
import { type UnpackedPackage, unpackedPackage } from './unpacked-package.ts';

/** The folders of a solution in which there are files of a connector, or of a flow that uses it. */
const solutionFolders = /^(?:other|connectors?|workflows)$/iu;

/** Files that a solution has; whatever else is in its folders is not read. */
const solutionFiles = /\.(?:xml|json|csx|png)$/iu;

/** Whether it is a ZIP file, with those in it. */
export function isTree(archive: Archive | ArchiveTree): archive is ArchiveTree {
  return 'nested' in archive;
}

/** The files of an unpacked solution, or of a ZIP file. Raises `FileError`. */
export async function readArchive(path: string, workingDirectory: string): Promise<Archive | ArchiveTree> {
  const entries = await readDirectory(resolve(workingDirectory, path), path);
  if (entries && isPackageFolder(entries.files)) return await readPackageFolder(path, entries, workingDirectory);
  const unpacked = entries && (await unpackedPackage(resolve(workingDirectory, path), entries));
  if (entries && unpacked) return await readUnpacked(path, entries, unpacked, workingDirectory);
  if (entries) return await readFolder(path, workingDirectory);
  return await readZipTree((await readConnectorFile(path, workingDirectory)).bytes, path);
}

/** Files of a package, in its root. */
const packageFiles = /\.(?:zip|md|json)$/iu;

async function readPackageFolder(
  folder: string,
  { files: names, directories }: DirectoryEntries,
  workingDirectory: string,
): Promise<ArchiveTree> {
  const files = new Map<string, Uint8Array>();
  for (const name of names.filter((one) => packageFiles.test(one) && !one.startsWith('.'))) {
    files.set(name, await readInside(name, folder, workingDirectory));
  }
  const folders = new Set(directories.filter((name) => !name.startsWith('.')));
  return await withNested({ name: folder, isZip: false, files, folders, hasBackslashes: false });
}

/** The same where package.zip is unpacked as well: its folder is in its place. */
async function readUnpacked(
  folder: string,
  entries: DirectoryEntries,
  { inner, entries: ofInner }: UnpackedPackage,
  workingDirectory: string,
): Promise<ArchiveTree> {
  const place = join(folder, inner);
  // Where it's the folder of the package itself, other folders are beside package.zip.
  const isAsset = (name: string): boolean => !name.startsWith('.') && (inner !== '' || name === packageNames.assets);
  const assets = ofInner.directories.filter(isAsset);
  const files = new Map<string, Uint8Array>();
  const folders = new Set<string>(assets);
  for (const name of assets) {
    const path = join(place, name);
    const { files: zips = [], directories = [] } = (await readDirectory(resolve(workingDirectory, path), path)) ?? {};
    for (const zip of zips.filter((one) => /\.zip$/iu.test(one))) {
      files.set(`${name}/${zip}`, await readInside(join(name, zip), place, workingDirectory));
    }
    for (const one of directories) folders.add(`${name}/${one}`);
  }
  const ofPlace = { name: place, isZip: false, files, folders, hasBackslashes: false };
  const others = {
    files: entries.files,
    directories: entries.directories.filter((one) => one !== inner && (inner !== '' || !isAsset(one))),
  };
  const outer = await readPackageFolder(folder, others, workingDirectory);
  return {
    ...outer,
    files: new Map([...outer.files, [packageNames.inner, new Uint8Array()]]),
    nested: new Map([[packageNames.inner, await withNested(ofPlace, { depth: 2 })]]),
  };
}

async function readFolder(folder: string, workingDirectory: string): Promise<Archive> {
  const files = new Map<string, Uint8Array>();
  const { files: ownFiles = [], directories = [] } =
    (await readDirectory(resolve(workingDirectory, folder), folder)) ?? {};
  const folders = directories.filter((name) => solutionFolders.test(name));
  const entries = [...ownFiles];
  for (const name of folders) {
    const path = join(folder, name);
    const { files: inside = [] } = (await readDirectory(resolve(workingDirectory, path), path)) ?? {};
    entries.push(...inside.map((file) => `${name}/${file}`));
  }
  for (const entry of entries.filter((name) => solutionFiles.test(name))) {
    files.set(entry, await readInside(entry, folder, workingDirectory));
  }
  return { name: folder, isZip: false, files, folders: new Set(folders), hasBackslashes: false };
}

/** What is unpacked has no links to elsewhere: nothing of what one leads to is shown. */
async function readInside(name: string, folder: string, workingDirectory: string): Promise<Uint8Array> {
  const path = join(folder, name);
  const { bytes } = await readConnectorFile(path, workingDirectory);
  await requireInside(path, folder, 'the solution', workingDirectory);
  return bytes;
}
