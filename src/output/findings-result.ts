import type { Finding } from '../validation/engine/finding.ts';
import { asciiControls } from './ascii-controls.ts';
import type { CheckedConnector, Summary } from './report.ts';
import type { Result } from './result.ts';

/** Findings for programs. */
export function findingsResult(connectors: readonly CheckedConnector[], summary: Summary): Result {
  const findings = connectors.flatMap((connector) => connector.findings.map(plainFinding));
  const rows = findings.map(({ file, line, column, level, rule, message }) =>
    [file, line, column, level, rule, message].map(String),
  );
  const columns = ['File', 'Line', 'Column', 'Level', 'Rule', 'Message'];
  return { data: { version: 1, findings, summary }, table: { columns, rows, kept: ['Line', 'Column', 'Rule'] } };
}

/** The same as a document. */
export function findingsJson(connectors: readonly CheckedConnector[], summary: Summary): string {
  return asciiControls(JSON.stringify(findingsResult(connectors, summary).data, undefined, 2));
}

function plainFinding({ file, line, column, endLine, endColumn, rule, level, message, pointer, hint, url }: Finding) {
  return { file, line, column, endLine, endColumn, rule, level, message, pointer, hint: hint ?? null, url };
}
