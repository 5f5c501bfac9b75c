import type { Finding, Severity } from '../validation/engine/finding.ts';
import type { CheckedConnector } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Findings as annotations of a GitHub workflow run. */
export function findingsGithub(connectors: readonly CheckedConnector[]): string {
  return connectors.flatMap((connector) => connector.findings.map(annotation)).join('\n');
}

function annotation({ file, line, column, endLine, endColumn, level, message, hint, ...finding }: Finding): string {
  const title = finding.policy === undefined ? finding.rule : `${finding.rule} ${finding.policy}`;
  // Columns count only where the finding ends in the line in which it begins.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = Object.entries({ file: file.replaceAll('\\', '/'), line, endLine, ...columns, title })
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
    .join(',');
  return `::${commands[level]} ${properties}::${escaped([message, hint].filter(Boolean).join('\n'))}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
