import type { JsonPath } from '../../json/pointer.ts';
import type { Finding, Fix, RelatedLocation, Severity } from './finding.ts';
import { FileSecrets } from './file-secrets.ts';
import { JsonFile } from './json-file.ts';
import { fillMessage, type Placeholders } from './message.ts';
import { type Location, TextRange, wholeFile } from './location.ts';
import { type Located, locate } from '../../json/positions.ts';
import { bestCauses, policyBehind, type Reported, severities } from './best-causes.ts';
import type { Related, Report, ReportOptions, Rule } from './rule.ts';
import type { SourceFile } from './source-file.ts';
import { sources } from '../knowledge/sources.ts';

/** Of each severity in a file, and one more of each other rule: nobody reads more, and a hostile file could have a million. */
const maximumFindings = 1000;

interface FilesToList {
  readonly files: readonly SourceFile[];
  readonly ownFiles: ReadonlySet<SourceFile>;
}

/** The findings of a severity in a file. */
interface Count {
  listed: number;
  dropped: number;
  /** Those with a finding that is listed. */
  readonly rules: Set<Rule>;
}

function noCount(): Count {
  return { listed: 0, dropped: 0, rules: new Set() };
}

/** Where something is, in offsets. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly path: JsonPath;
}

/** Keeps what rules report, and works out the positions when all is known: one pass over each file that has findings. */
export class Findings {
  readonly #reported: Reported[] = [];
  readonly #counts = new Map<SourceFile, Readonly<Record<Severity, Count>>>();
  readonly #located = new Map<Location, Located>();
  readonly #withPolicies: boolean;

  /** @param withPolicies Whether findings have the codes of certification policies. */
  constructor(withPolicies: boolean) {
    this.#withPolicies = withPolicies;
  }

  add(rule: Rule, worst: Severity, ...[location, placeholders = {}, options = {}]: Parameters<Report>): void {
    const isMild = typeof options !== 'function' && options.isMild === true;
    const severity = isMild && worst === 'error' ? 'warning' : worst;
    let counts = this.#counts.get(location.file);
    if (!counts) this.#counts.set(location.file, (counts = { error: noCount(), warning: noCount(), info: noCount() }));
    const count = counts[severity];
    // Of each rule there is one, however many others there are.
    if (count.listed >= maximumFindings && count.rules.has(rule)) {
      count.dropped += 1;
      return;
    }
    count.listed += 1;
    count.rules.add(rule);
    const given = typeof options === 'function' ? options() : options;
    this.#reported.push({ rule, severity, location, placeholders, options: given });
  }

  /** Says of each file how many of its findings are too many to be listed. */
  addDropped(rule: Rule, files: readonly SourceFile[]): void {
    for (const file of files) {
      for (const severity of severities) {
        const count = this.#counts.get(file)?.[severity].dropped ?? 0;
        if (count === 0) continue;
        const location = wholeFile(file);
        this.#reported.push({ rule, severity, location, placeholders: { count, severity }, options: {} });
      }
    }
  }

  /** Each finding once, in the order of the files and of their texts. What can be fixed is only in files that may be edited. */
  list({ files, ownFiles }: FilesToList): readonly Finding[] {
    for (const file of files) if (file instanceof JsonFile) this.#locateIn(file);
    const order = new Map(files.map((file, index) => [file, index]));
    const listed = bestCauses(this.#reported).map((reported) => ({
      reported,
      range: this.#partRange(reported),
    }));
    const rank = ({ reported }: (typeof listed)[number]): number => order.get(reported.location.file) ?? files.length;
    listed.sort(
      (one, other) => rank(one) - rank(other) || one.range.start - other.range.start || one.range.end - other.range.end,
    );
    const unique = new Map<string, Finding>();
    for (const { reported, range } of listed) {
      const finding = this.#finding(reported, range, ownFiles.has(reported.location.file));
      const key = JSON.stringify([rank({ reported, range }), finding.rule, range.start, range.end, finding.message]);
      const known = unique.get(key);
      if (!known || severities.indexOf(finding.level) < severities.indexOf(known.level)) unique.set(key, finding);
    }
    return [...unique.values()];
  }

  #locateIn(file: JsonFile): void {
    const locations = this.#reported
      .flatMap(({ location, options }) => [location, ...(options.related ?? []).map((related) => related.location)])
      .filter((location): location is Location => !(location instanceof TextRange) && location.file === file);
    if (locations.length === 0 || file.json === undefined) return;
    const located = locate(
      file.json,
      locations.map((location) => location.path),
    );
    for (const [index, location] of locations.entries()) {
      const where = located[index];
      if (where) this.#located.set(location, where);
    }
  }

  #partRange({ location, options: { mark, part } }: Reported): Range {
    const range = this.#range(location, mark);
    const index = part === undefined ? -1 : location.file.text.slice(range.start, range.end).indexOf(part);
    if (part === undefined || index === -1) return range;
    const start = range.start + index;
    return { ...range, start, end: start + part.length };
  }

  #range(location: Location | TextRange, mark: ReportOptions['mark']): Range {
    if (location instanceof TextRange) return location;
    const { found, path } = this.#located.get(location) ?? { found: nowhere, path: [] };
    const isThere = path.length === location.path.length;
    if (mark === 'name' && isThere && found.nameEnd > found.nameStart) {
      return { start: found.nameStart, end: found.nameEnd, path };
    }
    // Of an absent member, the bracket of what should hold it; all of it where it is no object or array.
    const isBracket = !isThere && /[{[]/u.test(location.file.text.charAt(found.start));
    return { start: found.start, end: isBracket ? Math.min(found.start + 1, found.end) : found.end, path };
  }

  #finding({ rule, severity, location, placeholders, options }: Reported, range: Range, isEditable: boolean): Finding {
    const { file } = location;
    const start = file.positionAt(range.start);
    const end = file.positionAt(range.end);
    const related = (options.related ?? []).map((one) => this.#relatedLocation(one));
    const [first] = related;
    const secrets = FileSecrets.of(file);
    const shown = withoutSecrets(placeholders, (value) => secrets.words(value, range, range.path));
    const values = { ...(first && { line: first.line, column: first.column }), ...shown };
    const hint = options.hint ?? rule.hint;
    const policy = this.#withPolicies ? policyBehind({ rule, options }) : undefined;
    return {
      file: file.name,
      ...start,
      endLine: end.line,
      endColumn: end.column,
      rule: rule.id,
      level: severity,
      message: fillMessage(rule.message, values, options.suggestion),
      pointer: secrets.pointer(range.path),
      ...(hint !== undefined && { hint: fillMessage(hint, values, options.suggestion) }),
      ...(policy !== undefined && { policy }),
      url: sources[rule.sources[0]].url,
      ...(related.length > 0 && { related }),
      ...(isEditable &&
        options.fix && { fix: { ...this.#fixRange(location, options.fix, range), change: options.fix } }),
    };
  }

  #relatedLocation({ location, message, mark }: Related): RelatedLocation {
    const { file } = location;
    const range = this.#range(location, mark);
    const words = FileSecrets.of(file).words(message, range, range.path);
    return { file: file.name, ...file.positionAt(range.start), message: words };
  }

  /** A new name takes the place of the name, a new value that of the value; what is removed goes with its name. */
  #fixRange(location: Location | TextRange, fix: Fix, range: Range): { readonly start: number; readonly end: number } {
    if (location instanceof TextRange) return { start: range.start, end: range.end };
    const { found } = this.#located.get(location) ?? { found: nowhere };
    if ('rename' in fix) return { start: found.nameStart, end: found.nameEnd };
    return { start: 'remove' in fix ? found.nameStart : found.start, end: found.end };
  }
}

/** What a message quotes of a value that may be a secret is stars: the excerpt beside it has stars, too. */
function withoutSecrets(placeholders: Placeholders, shown: (value: string) => string): Placeholders {
  return Object.fromEntries(
    Object.entries(placeholders).map(([name, value]) => [name, typeof value === 'string' ? shown(value) : value]),
  );
}

const nowhere = { nameStart: 0, nameEnd: 0, start: 0, end: 0 };
