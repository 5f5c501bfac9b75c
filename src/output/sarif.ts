import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Level, Severity } from '../validation/engine/finding.ts';
import type { Rule } from '../validation/engine/rule.ts';
import { ruleGroups, tooManyFindings } from '../validation/rules.ts';
import { serviceAnswerRule, serviceRule } from '../validation/engine/service-findings.ts';
import { policiesOf } from '../validation/knowledge/policies.ts';
import { sources } from '../validation/knowledge/sources.ts';
import { asciiControls } from './ascii-controls.ts';
import type { CheckedConnector } from './report.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ruleLevels: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  certification: 'error',
  info: 'note',
};

/** Findings as SARIF 2.1.0, for code scanning services. */
export function findingsSarif(connectors: readonly CheckedConnector[], version: string): string {
  const findings = connectors.flatMap((connector) => connector.findings);
  const rules = new Map(
    [...new Set(findings.map(({ rule }) => rule))].map((id, index) => [id, { id, index }] as const),
  );
  const hasPolicies = findings.some(({ policy }) => policy !== undefined);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'paconn',
            version,
            informationUri: sources.PC.url,
            rules: [...rules.keys()].map((id) => ruleDescriptor(id, hasPolicies)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, rules.get(finding.rule)?.index ?? -1)),
      },
    ],
  };
  return asciiControls(JSON.stringify(log, undefined, 2));
}

const known: ReadonlyMap<string, { readonly rule: Rule; readonly group: string }> = new Map([
  ...ruleGroups.flatMap(({ title, rules }) => rules.map((rule) => [rule.id, { rule, group: title }] as const)),
  [tooManyFindings.id, { rule: tooManyFindings, group: 'Files' }],
]);

const ofService: Readonly<Record<string, string>> = {
  [serviceRule]: 'A problem that the service reported.',
  [serviceAnswerRule]: 'A response of the service, unchanged.',
};

function ruleDescriptor(id: string, hasPolicies: boolean) {
  const { rule, group } = known.get(id) ?? {};
  if (!rule) return { id, shortDescription: { text: ofService[id] ?? id }, helpUri: sources.SV.url };
  const links = rule.sources.map((key) => `- [${sources[key].title}](${sources[key].url})`).join('\n');
  return {
    id,
    shortDescription: { text: rule.message.replace('{suggestion}', '') },
    fullDescription: { text: rule.reason },
    helpUri: sources[rule.sources[0]].url,
    help: {
      text: [rule.reason, rule.hint].filter(Boolean).join(' '),
      markdown: [rule.reason, rule.hint, links].filter(Boolean).join('\n\n'),
    },
    defaultConfiguration: { level: ruleLevels[rule.level] },
    properties: { tags: [group, rule.level, ...(hasPolicies ? policiesOf(id) : [])] },
  };
}

function result({ rule, level, message, hint, pointer, policy, related = [], ...finding }: Finding, ruleIndex: number) {
  const { line: startLine, column: startColumn, endLine, endColumn } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[level],
    message: { text: [message, hint].filter(Boolean).join(' ') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.file) },
          region: { startLine, startColumn, endLine, endColumn },
        },
        ...(pointer !== '' && { logicalLocations: [{ fullyQualifiedName: pointer }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ file, line, column, message: text }, id) => ({
        id,
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
        message: { text },
      })),
    }),
    ...(policy !== undefined && { properties: { policy } }),
  };
}

/** Relative paths stay relative: whoever reads them knows the root of the repository. */
export function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(/[/\\]/u).map(encodeURIComponent).join('/');
}
