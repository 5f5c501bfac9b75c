import type { Finding, Severity } from '../validation/engine/finding.ts';
import type { CheckedConnector } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as annotations of a GitHub workflow run. */
export function findingsGithub(connectors: readonly CheckedConnector[]): string {
  return connectors.flatMap((connector) => connector.findings.map(annotation)).join('\n');
}

function annotation({ level, message, hint, policy, rule, ...finding }: Finding): string {
  const title = policy === undefined ? rule : `${rule} ${policy}`;
  return githubAnnotation({ ...finding, level, title, message, hint });
}

/** What an annotation says, and where. */
export interface Annotation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly level: Severity;
  readonly title: string;
  readonly message: string;
  readonly hint?: string | null | undefined;
}

export function githubAnnotation(annotated: Annotation): string {
  const { file, line, column, endLine, endColumn, level, title, message, hint } = annotated;
  // Columns count only where the finding ends in the line in which it begins.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const text = [message, hint].filter(Boolean).join('\n');
  return githubCommand(commands[level], { file: file.replaceAll('\\', '/'), line, endLine, ...columns, title }, text);
}

/** A command that makes a runner of GitHub show something. Files have slashes. */
export function githubCommand(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  text: string,
): string {
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${command} ${written.join(',')}::${escaped(text)}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
