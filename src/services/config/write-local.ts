import { resolve } from 'node:path';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { writeFiles } from '../../io/fs/files.ts';
import { readBytes } from '../../io/fs/read-file.ts';
import { decodeText } from '../../json/decode.ts';
import { indented, JsonDocument, toJson } from '../../json/document.ts';
import type { Result } from '../../output/result.ts';
import { ownSettingsSchema } from '../../settings/settings.ts';
import { settingsFileName } from '../../settings/settings-file.ts';

/** What `settings.json` can have in its member `paconn`, by the name on the command line. */
const members = { cloud: 'cloud', 'relative-to': 'relativeTo' } as const;

/** Shows what the member `paconn` has in the settings file of the current folder. Raises `FileError`. */
export async function listLocal(context: Context): Promise<Result> {
  const { own } = await readLocal(context);
  const rows = Object.entries(members).map(([name, key]) => [name, wordsOf(own[key])]);
  return { data: localData(own), table: { columns: ['Setting', 'Value'], rows } };
}

/** Shows or changes a member of `paconn` in the settings file of the current folder. Raises {@link UsageError} and `FileError`. */
export async function writeLocal(
  action: 'set' | 'get' | 'unset',
  { name, value }: { readonly name: string; readonly value: string | undefined },
  context: Context,
): Promise<Result> {
  const key = name === 'cloud' || name === 'relative-to' ? members[name] : undefined;
  if (key === undefined) {
    throw new UsageError(`--local doesn't support ${name}.`, {
      hint:
        name === 'environment'
          ? `Change "environment" in ${settingsFileName}.`
          : `Use one of ${Object.keys(members).join(', ')}.`,
    });
  }
  const { path, known, document, own } = await readLocal(context);
  if (action === 'get') return { data: { [key]: own[key] ?? null }, unasked: wordsOf(own[key]) };
  const { [key]: before, ...others } = own;
  const changed = action === 'set' ? { ...own, [key]: value } : others;
  if (!ownSettingsSchema.safeParse(changed).success) throw new UsageError(`Invalid value for ${name}: '${value}'.`);
  const saved = document.withMembers([], { paconn: toJson(changed) });
  await writeFiles([{ path, content: `${indented(saved)}\n`, known }]);
  const unset = before === undefined ? `${name} isn't set.` : `${name} is no longer set.`;
  context.terminal.report(action === 'set' ? `${name}: ${value}` : unset);
  return { data: { [key]: action === 'set' ? (value ?? null) : null }, unasked: '' };
}

interface LocalSettings {
  readonly path: string;
  readonly known: Uint8Array;
  readonly document: JsonDocument<Readonly<Record<string, unknown>>>;
  /** What `paconn` has. */
  readonly own: Readonly<Record<string, unknown>>;
}

async function readLocal({ workingDirectory }: Context): Promise<LocalSettings> {
  const path = resolve(workingDirectory, settingsFileName);
  const known = await readBytes(path, settingsFileName);
  const document = JsonDocument.parse(decodeText(known, settingsFileName), z.looseObject({}), settingsFileName);
  const own = z.looseObject({}).safeParse(document.value['paconn']).data ?? {};
  return { path, known, document, own };
}

function localData(own: LocalSettings['own']): Result['data'] {
  return Object.fromEntries(Object.values(members).map((key) => [key, own[key] ?? null]));
}

function wordsOf(stored: unknown): string {
  return typeof stored === 'string' ? stored : '';
}
