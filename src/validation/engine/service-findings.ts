import { pointerPath } from '../../json/pointer.ts';
import type { ServiceFinding, ServiceFindings } from '../../connector/service-findings.ts';
import type { Finding, Severity } from './finding.ts';
import { FileSecrets } from './file-secrets.ts';
import type { JsonFile } from './json-file.ts';
import { locate } from '../../json/positions.ts';
import { sources } from '../knowledge/sources.ts';

/** Instead of a rule: what the service found, and what it answered that is not understood. */
export const serviceRule = 'service';
export const serviceAnswerRule = 'service-answer';

/** What the service says about an API definition, with the positions that its JSON pointers have in the text. */
export function placeFindings({ findings, complaint }: ServiceFindings, file: JsonFile): Finding[] {
  const located = locate(
    file.text,
    findings.map(({ pointer }) => pointerPath(pointer)),
  );
  const secrets = FileSecrets.of(file);
  const placed = findings.map(({ level, message: words, policy, pointer }, index): Finding => {
    const { found, path } = located[index] ?? { found: { start: 0, end: 0 }, path: [] };
    const steps = pointerPath(pointer);
    const isThere = path.length === steps.length;
    // A place that isn't in the file is known from the words alone.
    const message = secrets.words(
      isThere || words.includes(steps.at(-1) ?? '') ? words : `${pointer}: ${words}`,
      found,
      path,
    );
    const end = isThere ? found.end : Math.min(found.start + 1, found.end);
    const named = policy === undefined ? {} : { policy };
    return {
      ...at(file, found.start, end),
      rule: serviceRule,
      level,
      message,
      pointer: secrets.pointer(path),
      ...named,
    };
  });
  if (!complaint) return placed;
  const { level, text } = complaint;
  return [...placed, { ...at(file, 0, 0), rule: serviceAnswerRule, level, message: text, pointer: '' }];
}

function at(file: JsonFile, start: number, end: number): Omit<Finding, 'rule' | 'level' | 'message' | 'pointer'> {
  const { line: endLine, column: endColumn } = file.positionAt(end);
  return { file: file.name, ...file.positionAt(start), endLine, endColumn, url: sources.SV.url };
}

const severities: readonly Severity[] = ['info', 'warning', 'error'];

/**
 * Both in the order of their locations. A finding of the service that one of ours at the same location says already is left
 * out; the worse of their levels counts.
 */
export function mergeFindings(
  own: readonly Finding[],
  ofService: readonly Finding[],
  file: JsonFile,
  said: readonly ServiceFinding[],
): readonly Finding[] {
  const ownByLocation = groupByLocation(own, file.name);
  const raised = new Map<Finding, Severity>();
  const added: Finding[] = [];
  for (const [index, finding] of ofService.entries()) {
    const missing = said[index]?.pointer.slice(finding.pointer.length) ?? '';
    const same = (ownByLocation.get(finding.pointer) ?? []).find((one) => saysTheSame(one, finding, missing));
    if (!same) {
      added.push(finding);
      continue;
    }
    const level = raised.get(same) ?? same.level;
    if (severities.indexOf(finding.level) > severities.indexOf(level)) raised.set(same, finding.level);
  }
  const kept = own.map((finding) => ({ ...finding, level: raised.get(finding) ?? finding.level }));
  const first = kept.findIndex((finding) => finding.file === file.name);
  const inFile = [...kept.filter((finding) => finding.file === file.name), ...added];
  inFile.sort((one, other) => one.line - other.line || one.column - other.column);
  const before = first === -1 ? [] : kept.slice(0, first);
  const after = kept.slice(before.length).filter((finding) => finding.file !== file.name);
  return [...before, ...inFile, ...after];
}

function groupByLocation(findings: readonly Finding[], file: string): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.file !== file) continue;
    const group = groups.get(finding.pointer);
    if (group) group.push(finding);
    else groups.set(finding.pointer, [finding]);
  }
  return groups;
}

/** Words that say nothing about what is at fault. */
const fillers = new Set([
  ...'a an and are be but can for has have in is its must no not of should that the this to was with'.split(' '),
  'here',
]);

/** Two messages about one location mean the same when most words of the shorter one are in the other. */
function saysTheSame(own: Finding, finding: Finding, missing: string): boolean {
  const ownWords = wordsOf(own.message);
  const words = wordsOf(`${finding.message} ${missing}`);
  const [fewer, more] = ownWords.size < words.size ? [ownWords, words] : [words, ownWords];
  if (fewer.size === 0) return false;
  const common = [...fewer].filter((word) => more.has(word)).length;
  return common >= 2 && common / fewer.size > 0.5;
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
  return new Set(words.filter((word) => !fillers.has(word)));
}
