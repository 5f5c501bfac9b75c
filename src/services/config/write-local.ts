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

/** Shows or changes a member of `paconn` in the settings file of the current folder. Raises {@link UsageError} and `FileError`. */
export async function writeLocal(
  action: 'set' | 'get' | 'unset',
  { name, value }: { readonly name: string; readonly value: string | undefined },
  { terminal, workingDirectory }: Context,
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
  const path = resolve(workingDirectory, settingsFileName);
  const known = await readBytes(path, settingsFileName);
  const text = decodeText(known, settingsFileName);
  const document = JsonDocument.parse(text, z.looseObject({}), settingsFileName);
  const own = z.looseObject({}).safeParse(document.value['paconn']).data ?? {};
  if (action === 'get') {
    const stored = own[key];
    const words = typeof stored === 'string' ? stored : '';
    return { data: { [key]: stored ?? null }, unasked: words };
  }
  const { [key]: _before, ...others } = own;
  const changed = action === 'set' ? { ...own, [key]: value } : others;
  if (!ownSettingsSchema.safeParse(changed).success) throw new UsageError(`Invalid value for ${name}: '${value}'.`);
  const saved = document.withMembers([], { paconn: toJson(changed) });
  await writeFiles([{ path, content: `${indented(saved)}\n`, known }]);
  terminal.report(action === 'set' ? `${name}: ${value}` : `${name} isn't set.`);
  return { data: { [key]: action === 'set' ? (value ?? null) : null } };
}
