import type { ComposedProperties, TextOrigin } from '../solution/composed-properties.ts';
import type { SolutionConnector } from '../solution/solution.ts';
import { childOf, type XmlElement } from '../solution/xml.ts';
import type { Finding, RelatedLocation } from '../validation/engine/finding.ts';
import { jsonRules } from '../validation/rules/json.ts';
import { SourceFile } from '../validation/engine/source-file.ts';

/** A connector of a solution as it was checked. */
export interface CheckedSolutionConnector {
  readonly connector: SolutionConnector;
  readonly composed: ComposedProperties;
  /** The name of the composed API properties. */
  readonly name: string;
  /** Whether files of it can be changed. */
  readonly isFixable: boolean;
}

/** Parts that a solution can't contain, or contains in another form. */
const notInSolutions: ReadonlySet<string> = new Set([
  'file-name',
  'readme-missing',
  'publisher-missing',
  'stack-owner-missing',
  'capability-missing',
]);

/** What is wrong with a text as such is found in each file of the solution itself. */
const ofTexts: ReadonlySet<string> = new Set(
  jsonRules.filter(({ check }) => check?.jsonFile !== undefined).map(({ id }) => id),
);

/** Puts the findings in composed API properties to where they are in the files of the solution. */
export function relocate(findings: readonly Finding[], checked: CheckedSolutionConnector): readonly Finding[] {
  const { composed, name, isFixable, connector } = checked;
  const text = new SourceFile(name, composed.text, 0);
  const relocated = findings
    .filter(({ rule }) => !notInSolutions.has(rule) && (connector.element || rule !== 'brand-color-missing'))
    .filter(({ rule, file }) => file !== name || !ofTexts.has(rule))
    .map((finding) => withMildColor(finding))
    .map((finding) => {
      const related = finding.related?.map((one) => (one.file === name ? relatedLocation(one, text, checked) : one));
      const located = finding.file === name ? locate(finding, text, checked) : finding;
      const { fix, ...rest } = located;
      return { ...rest, ...(fix && isFixable && finding.file !== name && { fix }), ...(related && { related }) };
    });
  const unique = new Map(relocated.map((finding) => [keyOf(finding), finding]));
  return [...unique.values()];
}

/** Exports of certified connectors have none; without the XML it is not known. */
function withMildColor(finding: Finding): Finding {
  return finding.rule === 'brand-color-missing' ? { ...finding, level: 'warning' } : finding;
}

function keyOf({ file, line, column, endLine, endColumn, rule, message }: Finding): string {
  return JSON.stringify([file, line, column, endLine, endColumn, rule, message]);
}

function locate(finding: Finding, text: SourceFile, checked: CheckedSolutionConnector): Finding {
  const start = text.offsetOf(finding);
  const color = childOf(checked.connector.element, 'iconbrandcolor');
  // An empty one is as good as none.
  if (finding.rule === 'brand-color-missing' && color) return { ...finding, ...ofElement(color), pointer: '' };
  const end = text.offsetOf({ line: finding.endLine, column: finding.endColumn });
  const origin = originOf(start, finding.pointer, checked.composed);
  if (!origin) return { ...finding, ...atElement(checked), pointer: '' };
  const pointer = finding.pointer.startsWith(origin.pointer) ? finding.pointer.slice(origin.pointer.length) : '';
  if ('children' in origin.source) return { ...finding, ...ofElement(origin.source), pointer };
  const { name, text: own, size } = origin.source;
  const file = new SourceFile(name, own, size);
  const { line: endLine, column: endColumn } = file.positionAt(end - origin.start);
  return { ...finding, file: name, ...file.positionAt(start - origin.start), endLine, endColumn, pointer };
}

function relatedLocation(
  related: RelatedLocation,
  text: SourceFile,
  checked: CheckedSolutionConnector,
): RelatedLocation {
  const offset = text.offsetOf(related);
  const origin = originOf(offset, '', checked.composed);
  if (!origin || 'children' in origin.source) {
    const { file, line, column } =
      origin && 'children' in origin.source ? ofElement(origin.source) : atElement(checked);
    return { ...related, file, line, column };
  }
  const { name, text: own, size } = origin.source;
  return { ...related, file: name, ...new SourceFile(name, own, size).positionAt(offset - origin.start) };
}

/** Of a value that is absent the object that should hold it is marked, which can be one that no file has. */
function originOf(offset: number, pointer: string, { origins }: ComposedProperties): TextOrigin | undefined {
  const isIn = (origin: TextOrigin): boolean => pointer === origin.pointer || pointer.startsWith(`${origin.pointer}/`);
  return origins.find((origin) => offset >= origin.start && offset < origin.end) ?? origins.find(isIn);
}

type Location = Pick<Finding, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>;

/** The connector as a whole: where the XML of the solution names it, else its API definition. */
function atElement({ connector, name }: CheckedSolutionConnector): Location {
  if (connector.element) return ofElement(connector.element);
  const file = connector.files.openapidefinition?.name ?? name;
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function ofElement({ file: { name, text, size }, start, end }: XmlElement): Location {
  const file = new SourceFile(name, text, size);
  // The first line of an element with others in it is enough.
  const until = Math.min(end, text.indexOf('\n', start) === -1 ? end : text.indexOf('\n', start));
  const { line: endLine, column: endColumn } = file.positionAt(until);
  return { file: name, ...file.positionAt(start), endLine, endColumn };
}
