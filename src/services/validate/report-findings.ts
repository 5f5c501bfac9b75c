import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { writeNamedFile } from '../../io/fs/files.ts';
import { requireOtherFile } from '../../io/fs/require-other-file.ts';
import { plainText, type Text } from '../../io/terminal/styled-text.ts';
import { printedJson } from '../../output/ascii-controls.ts';
import { type CheckedConnector, type Summary, summaryWords } from '../../output/report.ts';

export type FindingFormat = 'text' | 'sarif' | 'github';

/** How a summary of findings ends. */
export interface Fixing {
  /** The command that fixes what can be fixed. */
  readonly fix: string;
}

export interface FindingsDestination extends Fixing {
  readonly format: FindingFormat;
  readonly outputFile: string | undefined;
}

/** Prints the findings, or writes them into a file. Raises `FileError`. */
export async function reportFindings(
  connectors: readonly CheckedConnector[],
  summary: Summary,
  { format, outputFile, fix }: FindingsDestination,
  context: Context,
): Promise<void> {
  const found = await formatted(connectors, summary, { format, fix }, context);
  const text = format === 'sarif' && outputFile === undefined ? printedJson(plainText(found), context.terminal) : found;
  if (format === 'github' && outputFile === undefined) {
    if (text.length > 0) context.terminal.command(plainText(text));
  } else await printOrWrite(text, outputFile, context);
  const isUntouched = format === 'text' && outputFile === undefined;
  if (!isUntouched) noteSummary(connectors, summary, { fix }, context);
}

/** Raises `UsageError` for a report in a file that was checked. */
export async function requireReport(
  connectors: readonly CheckedConnector[],
  path: string,
  { workingDirectory }: Pick<Context, 'workingDirectory'>,
): Promise<void> {
  const others = connectors.flatMap(({ inputs }) => inputs);
  await requireOtherFile({ path, option: '--output-file', others }, workingDirectory);
}

/** Says how many findings there are, where they themselves go elsewhere. */
export function noteSummary(
  connectors: readonly CheckedConnector[],
  summary: Summary,
  { fix }: Fixing,
  { terminal }: Pick<Context, 'terminal'>,
): void {
  if (!hasFindings(summary)) return;
  const files = new Set(connectors.flatMap(({ findings }) => findings.map(({ file }) => file))).size;
  terminal.note(summaryWords(summary, files, fix));
}

/** Writes a text for programs or people into a file, whole or not at all, or prints it. Raises `FileError`. */
export async function printOrWrite(
  text: Text,
  outputFile: string | undefined,
  { terminal, workingDirectory }: Context,
): Promise<void> {
  const plain = plainText(text);
  if (outputFile !== undefined) {
    await writeNamedFile({ path: resolve(workingDirectory, outputFile), content: plain === '' ? '' : `${plain}\n` });
  } else if (plain !== '') terminal.print(text);
}

export function hasFindings({ errors, warnings, infos }: Summary): boolean {
  return errors + warnings + infos > 0;
}

async function formatted(
  connectors: readonly CheckedConnector[],
  summary: Summary,
  { format, fix }: Pick<FindingsDestination, 'format' | 'fix'>,
  { terminal, version }: Context,
): Promise<Text> {
  switch (format) {
    case 'sarif':
      return (await import('../../output/sarif.ts')).findingsSarif(connectors, version);
    case 'github':
      return (await import('../../output/github.ts')).findingsGithub(connectors);
    case 'text':
      if (!hasFindings(summary)) return '';
      return (await import('../../output/text.ts')).findingsText(connectors, summary, {
        terminal,
        fix,
      });
  }
}
