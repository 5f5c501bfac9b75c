import type { ReportEntry } from '../conversion/report.ts';
import type { ConversionRule, LossClass } from '../conversion/loss-class.ts';
import { conversionRules } from '../conversion/rules.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { sources } from '../validation/knowledge/sources.ts';
import { jsonInPieces } from './json-pieces.ts';
import { uriOf } from './sarif.ts';

const levels: Readonly<Record<LossClass, string>> = {
  refused: 'error',
  invalid: 'error',
  dropped: 'warning',
  narrowed: 'warning',
  kept: 'note',
  made: 'note',
};

/** The entries of a conversion as SARIF 2.1.0, for code scanning services, in pieces: there can be hundreds of thousands. */
export function conversionSarif(entries: readonly ReportEntry[], version: string): Iterable<StyledPiece> {
  const rules = [...new Set(entries.map(({ rule }) => rule))];
  const index = new Map(rules.map((rule, position) => [rule, position] as const));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'paconn', version, informationUri: sources.PC.url, rules: rules.map(ruleDescriptor) },
        },
        columnKind: 'utf16CodeUnits',
        results: [],
      },
    ],
  };
  return jsonInPieces(log, function* () {
    for (const entry of entries) yield result(entry, index.get(entry.rule) ?? -1);
  });
}

const messages: Readonly<Record<string, ConversionRule>> = conversionRules;

function ruleDescriptor(id: string) {
  const [text = id] = Object.values(messages[id] ?? {});
  return { id, shortDescription: { text } };
}

function result(entry: ReportEntry, ruleIndex: number) {
  const { rule, message, hint, file, pointer, class: lossClass } = entry;
  const { line: startLine, column: startColumn, endLine, endColumn } = entry;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[lossClass],
    message: { text: [message, hint].filter(Boolean).join(' ') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: /^https?:/u.test(file) ? file : uriOf(file) },
          region: { startLine, startColumn, endLine, endColumn },
        },
        ...(pointer !== '' && { logicalLocations: [{ fullyQualifiedName: pointer }] }),
      },
    ],
    properties: { class: lossClass, pointer },
  };
}
