import type { Finding } from '../validation/engine/finding.ts';
import type { FindingData, FindingsData } from '../results/findings.ts';
import type { CheckedConnector, Summary } from './report.ts';
import type { ColumnKind, Result } from './result.ts';

/** Findings for programs. */
export function findingsResult(connectors: readonly CheckedConnector[], summary: Summary): Result {
  const findings = connectors.flatMap((connector) => connector.findings.map(findingData));
  const hasPolicies = findings.some(({ policy }) => policy !== undefined);
  const rows = findings.map(({ file, line, column, level, rule, policy = '', message }) =>
    [file, line, column, level, rule, ...(hasPolicies ? [policy] : []), message].map(String),
  );
  const columns = ['File', 'Line', 'Column', 'Level', 'Rule', ...(hasPolicies ? ['Policy'] : []), 'Message'];
  const policyKind: readonly ColumnKind[] = hasPolicies ? ['word'] : [];
  const kinds: readonly ColumnKind[] = ['name', 'number', 'number', 'word', 'word', ...policyKind, 'prose'];
  return { data: { findings, summary } satisfies FindingsData, table: { columns, kinds, rows } };
}

/** A finding for programs. The code of a policy is there only when certification was asked for. */
export function findingData({ policy, hint, ...finding }: Finding): FindingData {
  const { file, line, column, endLine, endColumn, rule, level, message, pointer, url } = finding;
  const place = { file, line, column, endLine, endColumn };
  return { ...place, rule, ...(policy !== undefined && { policy }), level, message, pointer, hint: hint ?? null, url };
}
