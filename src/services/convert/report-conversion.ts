import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { Conversion } from '../../conversion/convert.ts';
import { convertedOperations } from '../../conversion/limits.ts';
import { reportEntries, summaryOfEntries } from '../../conversion/report.ts';
import { writeNamedFile } from '../../io/fs/files.ts';
import { plainText, type StyledPiece, type Text } from '../../io/terminal/styled-text.ts';
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
  const { reportFormat: format = 'text', outputFile, info } = flags;
  const { terminal, workingDirectory, version } = context;
  const counts: ConversionCounts = {
    source: report.source.operations,
    target: report.target.operations,
    summary: report.summary,
  };
  const pieces = await formatted(report, counts, format, info, version);
  const isOnStdout = outputFile === undefined && flags.output === 'none' && flags.query === undefined;
  if (!(isOnStdout && format === 'text')) terminal.note(conversionWords(counts));
  if (outputFile !== undefined) {
    await writeNamedFile({ path: resolve(workingDirectory, outputFile), content: lineOf(pieces) });
    return '';
  }
  if (!isOnStdout) return '';
  if (format !== 'github') return [...pieces];
  const plain = plainText([...pieces]);
  if (plain !== '') terminal.command(plain);
  return '';
}

async function formatted(
  { entries }: ToConnectorData,
  counts: ConversionCounts,
  format: NonNullable<ReportFlags['reportFormat']>,
  info: boolean,
  version: string,
): Promise<Iterable<StyledPiece>> {
  switch (format) {
    case 'text':
      return conversionText(entries, counts, { info });
    case 'sarif':
      return (await import('../../output/conversion-sarif.ts')).conversionSarif(entries, version);
    case 'github':
      return [{ text: (await import('../../output/conversion-github.ts')).conversionGithub(entries, { info }) }];
  }
}

/** The words alone, with the end of the last line. */
function lineOf(pieces: Iterable<StyledPiece>): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      for (const { text } of pieces) yield text;
      yield '\n';
    },
  };
}
