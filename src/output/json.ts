import type { Finding } from '../validation/finding.ts';
import type { CheckedConnector, Summary } from './report.ts';

/** Findings for programs. */
export function findingsJson(connectors: readonly CheckedConnector[], summary: Summary): string {
  const findings = connectors.flatMap((connector) => connector.findings.map(plainFinding));
  return asciiControls(JSON.stringify({ findings, summary }, undefined, 2));
}

function plainFinding({ file, line, column, endLine, endColumn, rule, level, message, pointer, hint, url }: Finding) {
  return { file, line, column, endLine, endColumn, rule, level, message, pointer, hint: hint ?? null, url };
}

/** Characters that a terminal must not get, as escapes: the value stays the same. */
export function asciiControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
