import { join, resolve } from 'node:path';
import * as z from 'zod';
import { nextStepWords } from '../../output/next-step.ts';
import type { Context } from '../../context.ts';
import type { Conversion } from '../../conversion/convert.ts';
import { isLossy } from '../../conversion/report.ts';
import { PaconnError, UsageError } from '../../errors.ts';
import { writeFiles } from '../../io/fs/files.ts';
import { readBytesIfThere } from '../../io/fs/read-file.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { dataPath } from '../../output/data-path.ts';
import type { ToConnectorData } from '../../results/files.ts';
import type { Result } from '../../output/result.ts';
import { convertDescription } from '../../reading/convert-description.ts';
import { openDescription } from '../../reading/open-description.ts';
import { parseFlags } from '../../settings/flags.ts';
import { withFaults } from './check-result.ts';
import { connectorFiles, definitionName } from './connector-files.ts';
import { type FolderState, notesAboutKept, readFolder } from './folder-state.ts';
import { conversionReport, reported } from './report-conversion.ts';

const text = z.string().optional();
const lists = z.array(z.string()).default([]);

const convertFlagsSchema = z.object({
  paths: lists,
  openapi: text,
  destination: text,
  overwrite: z.boolean().default(false),
  operations: lists,
  tag: lists,
  server: text,
  serverVariables: z.enum(['defaults', 'connection']).optional(),
  host: text,
  title: text,
  summary: text,
  security: text,
  oAuthClientId: text,
  authorizationUrl: text,
  tokenUrl: text,
  root: text,
  refHosts: lists,
  reportFormat: z.enum(['text', 'sarif', 'github']).optional(),
  outputFile: text,
  resultFile: text,
  info: z.boolean().default(false),
  strict: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  output: z.string().default('none'),
  query: text,
});

/**
 * Makes the files of a connector out of the description of an API, and reports what makers will not get. Raises `UsageError` for
 * flags that don't fit, `FileError` for what can't be read or is in the way.
 */
export async function toConnector(given: unknown, context: Context): Promise<Result> {
  const flags = parseFlags(given, convertFlagsSchema);
  // By now the source and the result aren't in memory any more: the report of a large source needs the room.
  const { report, failure, isLoss } = await written(flags, context);
  return {
    data: report,
    unasked: await reported(report, flags, context),
    ...(failure && { failure }),
    ...(flags.strict && isLoss && { exitCode: 1 }),
  };
}

/** What came of a conversion, once its files are written. */
interface Written {
  readonly report: ToConnectorData;
  readonly failure: PaconnError | undefined;
  readonly isLoss: boolean;
}

async function written(flags: ConvertFlags, context: Context): Promise<Written> {
  const { workingDirectory, terminal } = context;
  const source = sourceOf(flags);
  requireFitting(flags);
  const folder = flags.destination ?? '.';
  const directory = resolve(workingDirectory, folder);
  await requirePortablePath(directory);
  const requireUnread = async (others: readonly string[]): Promise<void> => {
    const path = join(folder, definitionName);
    await requireOtherFile({ path, option: '--output-dir', names: 'folder', others }, workingDirectory);
  };
  await requireUnread([source]);
  // What is saved from now on is not replaced.
  const before = flags.overwrite ? await readBytesIfThere(join(directory, definitionName)) : undefined;
  const opened = await openDescription(source, context);
  const conversion = withFaults(await convertDescription(opened, flags, context));
  const state: FolderState = flags.dryRun
    ? { kept: new Set() }
    : await readFolder({
        directory,
        shown: folder,
        overwrite: flags.overwrite,
        source: resolve(workingDirectory, source),
      });
  await requireUnread(conversion.files.map(({ shown }) => shown));
  for (const note of conversion.notes) terminal.note(note);

  const files = connectorFiles(conversion).filter(({ name }) => !state.kept.has(name));
  const report = conversionReport(conversion, {
    folder: dataPath(directory, workingDirectory),
    files: files.map(({ role, name }) => ({ path: name, role })),
  });
  const isDone = conversion.definition !== undefined;
  const reportFile = flags.outputFile ?? flags.resultFile;
  if (reportFile !== undefined) {
    const others = [
      ...conversion.files.map(({ shown }) => shown),
      ...connectorFiles(conversion).map(({ name }) => join(directory, name)),
    ];
    await requireOtherFile({ path: reportFile, option: '--output-file', others }, workingDirectory);
  }
  if (isDone && !flags.dryRun) {
    const contents = files.map(({ name, content }) => ({
      path: join(directory, name),
      content,
      known: (name === definitionName ? before : undefined) ?? null,
    }));
    await writeFiles(contents);
    for (const note of notesAboutKept(conversion, state)) terminal.note(note);
    // Until the settings name the result, the next step is what the note says.
    if (state.settings?.unused.includes('apiDefinition') !== true) terminal.note(nextStep(flags.destination));
  }
  return {
    report,
    failure: isDone ? undefined : new PaconnError(failureWords(conversion)),
    isLoss: conversion.entries.some(isLossy),
  };
}

type ConvertFlags = z.infer<typeof convertFlagsSchema>;

function sourceOf({ paths: [path], openapi }: ConvertFlags): string {
  if (path !== undefined && openapi !== undefined)
    throw new UsageError(`${path} and --openapi ${openapi} can't be used together.`);
  const source = path ?? openapi;
  if (source === undefined)
    throw new UsageError('Missing required argument: <source>', {
      hint: 'Pass a file, a URL that starts with https://, or - for stdin.',
    });
  return source;
}

function requireFitting({ title, reportFormat, outputFile, output, query }: ConvertFlags): void {
  if (title?.trim() === '') throw new UsageError('--title is empty. Pass a title, or leave it out.');
  const isPrinted = output !== 'none' || query !== undefined;
  if (isPrinted && reportFormat !== undefined && outputFile === undefined)
    throw new UsageError("--format and --output can't be used together.", {
      hint: 'With --output-file <file>, --format is for the file and --output for stdout.',
    });
}

function failureWords({ entries }: Conversion): string {
  const reason = entries.find(({ rule }) => rule === 'no-operations' || rule === 'definition-too-large');
  return [reason?.message ?? 'Nothing was converted.', 'No files were written.'].join(' ');
}

function nextStep(destination: string | undefined): string {
  const folder = destination === undefined ? '' : ` ${pathWord(destination)}`;
  return nextStepWords([`paconn validate${folder}`, `paconn deploy${folder}`]);
}
