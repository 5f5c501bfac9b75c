import { type ConnectorSource, fileRoles, type NamedFile } from './connector-source.ts';
import type { Finding } from './finding.ts';
import { JsonFile } from './json-file.ts';
import { type EditableJson, editFor, type TextEdit } from './text-edits.ts';

/** A file before and after. */
export interface FileChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface FixedConnector {
  readonly source: ConnectorSource;
  readonly changes: readonly FileChange[];
  /** The findings that are no more, where they were when they were fixed. */
  readonly fixed: readonly Finding[];
}

/** A fix can lay bare what was hidden by a fault; more rounds than this would go in a circle. */
const mostRounds = 100;

/** Fixes what has one right answer in the JSON files of a connector, until nothing of it is left. */
export function fixConnector(
  source: ConnectorSource,
  check: (source: ConnectorSource) => readonly Finding[],
): FixedConnector {
  let current = source;
  const fixed: Finding[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const findings = check(current).filter(({ fix }) => fix);
    const files = filesOf(current).map((file) => ({ file, result: fixFile(file, findings) }));
    const changed = files.flatMap(({ file, result }) => (result ? [[file.name, result] as const] : []));
    if (changed.length === 0) break;
    current = withFiles(current, new Map(changed.map(([name, { file }]) => [name, file])));
    fixed.push(...changed.flatMap(([, result]) => result.fixed));
  }
  return { source: current, changes: changesOf(source, current), fixed };
}

interface FixedFile {
  readonly file: NamedFile;
  readonly fixed: readonly Finding[];
}

function fixFile(file: NamedFile, findings: readonly Finding[]): FixedFile | undefined {
  const own = findings.filter((finding) => finding.file === file.name);
  if (own.length === 0 || !file.bytes) return undefined;
  const { text, json, encodingFault } = new JsonFile(file.name, file.bytes);
  if (json === undefined || encodingFault) return undefined;
  const chosen = chooseEdits(own, { text, json });
  if (chosen.length === 0) return undefined;
  const after = applyEdits(
    text,
    chosen.map(({ edit }) => edit),
  );
  if (after === text) return undefined;
  // An edit that breaks what it should fix must not be written, whatever the reason.
  if (new JsonFile(file.name, new TextEncoder().encode(after)).json === undefined) return undefined;
  return { file: withText(file, after), fixed: chosen.map(({ finding }) => finding) };
}

interface ChosenEdit {
  readonly finding: Finding;
  readonly edit: TextEdit;
}

/** Edits that do not get into each other's way; the others get their turn in the next round. */
function chooseEdits(findings: readonly Finding[], file: EditableJson): readonly ChosenEdit[] {
  const all = findings
    .flatMap((finding) => {
      const edit = editFor(finding, file);
      return edit ? [{ finding, edit }] : [];
    })
    .toSorted((one, other) => one.edit.start - other.edit.start || one.edit.end - other.edit.end);
  const chosen: ChosenEdit[] = [];
  const newNames = new Set<string>();
  let end = -1;
  for (const one of all) {
    const { edit, finding } = one;
    const isInWay = edit.start < end || (edit.start === end && edit.start === edit.end);
    const name = newName(finding);
    if (isInWay || (name !== undefined && newNames.has(name))) continue;
    if (name !== undefined) newNames.add(name);
    chosen.push(one);
    end = edit.end;
  }
  return chosen;
}

/** The member that there will be, as a pointer: two edits must not make the same one. */
function newName({ pointer, fix }: Finding): string | undefined {
  const change = fix?.change;
  if (change && 'insert' in change) return `${pointer}/${change.insert.name}`;
  if (change && 'rename' in change) return `${pointer.slice(0, pointer.lastIndexOf('/'))}/${change.rename}`;
  return undefined;
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const edit of edits) {
    parts.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** The JSON files, each once, whatever it is used as. */
function filesOf(source: ConnectorSource): readonly NamedFile[] {
  const files = [source.definition, source.properties, source.settings].flatMap((file) => (file?.bytes ? [file] : []));
  return files.filter((file, index) => files.findIndex(({ name }) => name === file.name) === index);
}

function withFiles(source: ConnectorSource, files: ReadonlyMap<string, NamedFile>): ConnectorSource {
  const replaced = fileRoles.flatMap((role) => {
    const file = files.get(source[role]?.name ?? '');
    return file ? [[role, file] as const] : [];
  });
  return { ...source, ...Object.fromEntries(replaced) };
}

function changesOf(before: ConnectorSource, after: ConnectorSource): readonly FileChange[] {
  const old = new Map(filesOf(before).map((file) => [file.name, file]));
  return filesOf(after).flatMap((file) => {
    const was = old.get(file.name);
    if (!was || was.bytes === file.bytes) return [];
    return [{ name: file.name, before: textOf(was), after: textOf(file) }];
  });
}

function textOf({ bytes }: NamedFile): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** A byte order mark stays: it is no fault. */
function withText(file: NamedFile, text: string): NamedFile {
  const bytes = new TextEncoder().encode(hasByteOrderMark(file.bytes) ? `\ufeff${text}` : text);
  return { name: file.name, bytes };
}

function hasByteOrderMark(bytes: Uint8Array | undefined): boolean {
  return bytes?.[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
