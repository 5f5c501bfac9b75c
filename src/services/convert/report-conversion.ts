import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { Conversion } from '../../conversion/convert.ts';
import { convertedOperations } from '../../conversion/limits.ts';
import { reportEntries, summaryOfEntries } from '../../conversion/report.ts';
import { writeNamedFile } from '../../io/fs/files.ts';
import { plainText, type Text } from '../../io/terminal/styled-text.ts';
import type { ToConnectorData } from '../../results/files.ts';
import { type ConversionCounts, conversionText, conversionWords } from '../../output/conversion-text.ts';
import { definitionName } from './connector-files.ts';

/** The account of a conversion, for programs. Members are added, never changed. */
export function conversionReport(
  conversion: Conversion,
  { folder, files }: Pick<ToConnectorData['target'], 'folder' | 'files'>,
): ToConnectorData {
  const { kind, definition, sourceOperations, definitions, root } = conversion;
  const isDone = definition !== undefined;
  return {
    result: isDone ? 'converted' : 'failed',
    source: { file: conversion.files[0]?.shown ?? '', kind, operations: sourceOperations },
    target: {
      folder,
      files: isDone ? files : [],
      operations: isDone ? convertedOperations(root).length : 0,
      definitions: isDone ? definitions : 0,
      bytes: isDone ? Buffer.byteLength(definition) : 0,
    },
    entries: reportEntries(conversion, definitionName),
    summary: summaryOfEntries(conversion.entries),
  };
}

export interface ReportFlags {
  readonly reportFormat?: 'text' | 'sarif' | 'github' | undefined;
  readonly outputFile?: string | undefined;
  readonly info: boolean;
  readonly output: string;
  readonly query?: string | undefined;
}

/** What is printed on stdout without a request for data. A file that the user named is written. Raises `FileError`. */
export async function reported(report: ToConnectorData, flags: ReportFlags, context: Context): Promise<Text> {
  const { reportFormat: format = 'text', outputFile } = flags;
  const { terminal, workingDirectory } = context;
  const counts: ConversionCounts = {
    source: report.source.operations,
    target: report.target.operations,
    summary: report.summary,
  };
  const text = await formatted(report, counts, format, flags.info, context);
  const isOnStdout = outputFile === undefined && flags.output === 'none' && flags.query === undefined;
  if (!(isOnStdout && format === 'text')) terminal.note(conversionWords(counts));
  if (outputFile !== undefined) {
    await writeNamedFile({ path: resolve(workingDirectory, outputFile), content: `${plainText(text)}\n` });
    return '';
  }
  if (format !== 'github' || !isOnStdout) return text;
  const plain = plainText(text);
  if (plain !== '') terminal.command(plain);
  return '';
}

async function formatted(
  report: ToConnectorData,
  counts: ConversionCounts,
  format: NonNullable<ReportFlags['reportFormat']>,
  info: boolean,
  { version }: Context,
): Promise<Text> {
  const { entries } = report;
  switch (format) {
    case 'text':
      return conversionText(entries, counts, { info });
    case 'sarif':
      return (await import('../../output/conversion-sarif.ts')).conversionSarif(entries, version);
    case 'github':
      return (await import('../../output/conversion-github.ts')).conversionGithub(entries, { info });
  }
}
