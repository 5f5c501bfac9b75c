import { dirname, resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { writeFiles } from '../../io/fs/files.ts';
import { leadsInto } from '../../io/fs/inside.ts';
import { type CheckedConnector, counted } from '../../output/report.ts';
import { fixConnector, type FixedConnector } from '../../validation/engine/fix.ts';
import type { Fixer } from '../../check/check-connectors.ts';
import { printOrWrite } from './report-findings.ts';

/**
 * Fixes the files of each connector on the disk, all or none of them; a dry run leaves them as they are. Those that a settings
 * file or a link names elsewhere stay: it can be someone else's, and they can belong to anything. Raises `FileError`.
 */
export function fixer({ isDryRun }: { readonly isDryRun: boolean }, { workingDirectory, terminal }: Context): Fixer {
  return async (source, check) => {
    const fixed = fixConnector(source, check);
    const { definition, properties, icon, script, settings, readme } = source;
    const read = new Map(
      [definition, properties, icon, script, settings, readme].map((file) => [file?.name, file?.bytes]),
    );
    const files = fixed.changes.map(({ name, after }) => ({
      name,
      path: resolve(workingDirectory, name),
      folder: dirname(resolve(workingDirectory, settings?.name ?? name)),
      content: after,
      known: read.get(name),
    }));
    for (const { name, path, folder } of files) {
      if (await leadsInto([folder], path)) continue;
      terminal.note(`Warning: ${name} is in another folder, so --fix doesn't change it or the files next to it.`);
      return { source, changes: [], fixed: [] };
    }
    if (!isDryRun && files.length > 0) await writeFiles(files);
    return fixed;
  };
}

/** More in one file are counted, not listed. */
const mostListed = 20;

/** The text about fixed problems. */
/** A text for each file. */
function fixedWords(connectors: readonly FixedConnector[], isDryRun: boolean): readonly string[] {
  const verb = isDryRun ? 'would be fixed' : 'fixed';
  return connectors.flatMap((connector) => connector.changes.map(({ name }) => fileWords(name, connector, verb)));
}

function fileWords(name: string, { fixed }: FixedConnector, verb: string): string {
  const own = fixed.filter(({ file }) => file === name);
  const faults = own.map(
    ({ line, column, message, rule }) => `  ${line}:${column}  ${message.replaceAll(/\s+/gu, ' ')}  ${rule}`,
  );
  const listed = faults.slice(0, mostListed);
  if (faults.length > listed.length) listed.push(`  and ${faults.length - listed.length} more`);
  return [`${name}: ${counted(faults.length, 'problem')} ${verb}`, ...listed].join('\n');
}

/** Says what was fixed; of a dry run, as a diff. Raises `FileError`. */
export async function reportFixed(
  connectors: readonly CheckedConnector[],
  { isDryRun, outputFile }: { readonly isDryRun: boolean; readonly outputFile?: string | undefined },
  context: Context,
): Promise<void> {
  const fixed = connectors.flatMap((connector) => connector.fixed ?? []);
  if (isDryRun) {
    const { unifiedDiff } = await import('../../output/unified-diff.ts');
    await printOrWrite(unifiedDiff(fixed.flatMap(({ changes }) => changes)), outputFile, context);
  }
  const words = fixedWords(fixed, isDryRun);
  for (const text of words.length > 0 ? words : ['No problem found that --fix can fix.']) context.terminal.note(text);
}
