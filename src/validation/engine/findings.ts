import { secretsBeside } from '../../connector/secret-stretches.ts';
import { jsonPointer, type JsonPath } from '../../json/pointer.ts';
import type { Finding, Fix, RelatedLocation, Severity } from './finding.ts';
import { JsonFile } from './json-file.ts';
import { fillMessage, type Placeholders } from './message.ts';
import { type Location, TextRange, wholeFile } from './location.ts';
import { type Located, locate } from '../../json/positions.ts';
import type { Related, Report, ReportOptions, Rule } from './rule.ts';
import type { SourceFile } from './source-file.ts';
import { policyOf } from '../knowledge/policies.ts';
import { sources } from '../knowledge/sources.ts';

/** Of each severity in a file, and one more of each other rule: nobody reads more, and a hostile file could have a million. */
const maximumFindings = 1000;

/** In characters: of less, nothing would be left of a message. */
const shortestSecret = 3;

const severities = ['error', 'warning', 'info'] as const;

interface Reported {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly location: Location | TextRange;
  readonly placeholders: Placeholders;
  readonly options: ReportOptions;
}

/** What stands for other findings: a misspelled or misplaced member for what another location lacks, the lack, or a wrong type. */
interface Cause {
  severity: Severity;
  /** The code of the policy that asks for what is lacking. */
  policy: string | undefined;
  readonly reported: Reported;
}

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
  readonly #secrets = new Map<SourceFile, ReturnType<typeof secretsBeside>>();

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
    const shown = this.#withoutSecrets(placeholders, file, range);
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
      pointer: jsonPointer(range.path),
      ...(hint !== undefined && { hint: fillMessage(hint, values, options.suggestion) }),
      ...(policy !== undefined && { policy }),
      url: sources[rule.sources[0]].url,
      ...(related.length > 0 && { related }),
      ...(isEditable &&
        options.fix && { fix: { ...this.#fixRange(location, options.fix, range), change: options.fix } }),
    };
  }

  /** What a message quotes of a value that may be a secret is stars: the excerpt beside it has stars, too. */
  #withoutSecrets(placeholders: Placeholders, file: SourceFile, range: Range): Placeholders {
    if (!Object.values(placeholders).some((value) => typeof value === 'string')) return placeholders;
    if (/[{[]/u.test(file.text.charAt(range.start))) return placeholders;
    const find = this.#secrets.get(file) ?? secretsBeside(file.text, file instanceof JsonFile ? 'json' : 'csharp');
    this.#secrets.set(file, find);
    const secrets = find(range).filter(({ length }) => length >= shortestSecret);
    if (secrets.length === 0) return placeholders;
    const shown = (value: string | number): string | number =>
      typeof value === 'number' ? value : secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
    return Object.fromEntries(Object.entries(placeholders).map(([name, value]) => [name, shown(value)]));
  }

  #relatedLocation({ location, message, mark }: Related): RelatedLocation {
    return { file: location.file.name, ...location.file.positionAt(this.#range(location, mark).start), message };
  }

  /** A new name takes the place of the name, a new value that of the value; what is removed goes with its name. */
  #fixRange(location: Location | TextRange, fix: Fix, range: Range): { readonly start: number; readonly end: number } {
    if (location instanceof TextRange) return { start: range.start, end: range.end };
    const { found } = this.#located.get(location) ?? { found: nowhere };
    if ('rename' in fix) return { start: found.nameStart, end: found.nameEnd };
    return { start: 'remove' in fix ? found.nameStart : found.start, end: found.end };
  }
}

/**
 * Without the findings about absent members that are there under a wrong name, or in a wrong place: this is what is reported.
 * Without those that an absent member leads to, or a value of another type, which is reported itself. What is reported is as
 * bad as what it stands for.
 */
function bestCauses(all: readonly Reported[]): readonly Reported[] {
  const slips = new Map<string, Cause>();
  const absences = new Map<string, Cause>();
  const wrongTypes = new Map<string, Cause>();
  for (const reported of all) {
    const { location, severity, options } = reported;
    const cause = { reported, severity, policy: policyBehind(reported) };
    if (options.isWrongType && !(location instanceof TextRange)) wrongTypes.set(keyOf(location), cause);
    else if (options.meant) slips.set(keyOf(options.meant), cause);
    else if (!options.because && isAbsent(location)) absences.set(keyOf(location), cause);
  }
  const slipAt = (location: Location): Cause | undefined =>
    isAbsent(location) ? slips.get(keyOf(location)) : undefined;
  // Of what isn't there, what should hold it can have another type.
  const wrongTypeAt = (location: Location): Cause | undefined => {
    if (wrongTypes.size === 0) return undefined;
    const found = wrongTypes.get(keyOf(location));
    return found || !location.parent || location.value !== undefined ? found : wrongTypeAt(location.parent);
  };
  // Many findings can have the same list.
  const leading = new Map<readonly Location[], Cause | undefined>();
  const causeOf = ({ location, options: { because } }: Reported): Cause | undefined => {
    const own = location instanceof TextRange ? undefined : (wrongTypeAt(location) ?? slipAt(location));
    if (own || !because) return own;
    if (!leading.has(because)) {
      const causes = because.map(
        (place) => wrongTypeAt(place) ?? slipAt(place) ?? (isAbsent(place) ? absences.get(keyOf(place)) : undefined),
      );
      leading.set(
        because,
        causes.find((cause) => cause !== undefined),
      );
    }
    return leading.get(because);
  };
  const rest = all.filter((reported) => {
    const cause = causeOf(reported);
    if (!cause || cause.reported === reported) return true;
    if (severities.indexOf(reported.severity) < severities.indexOf(cause.severity)) cause.severity = reported.severity;
    cause.policy ??= policyBehind(reported);
    return false;
  });
  const raised = new Map(
    [...slips.values(), ...absences.values(), ...wrongTypes.values()].map((cause) => [cause.reported, cause]),
  );
  return rest.map((reported) => {
    const cause = raised.get(reported);
    if (!cause) return reported;
    return { ...reported, severity: cause.severity, options: { ...reported.options, policy: cause.policy } };
  });
}

function isAbsent(location: Location | TextRange): location is Location {
  return !(location instanceof TextRange) && location.value === undefined;
}

function policyBehind({ rule, options }: Pick<Reported, 'rule' | 'options'>): string | undefined {
  return options.policy ?? policyOf(rule.id);
}

function keyOf({ file, path }: Location): string {
  return JSON.stringify([file.name, ...path]);
}

const nowhere = { nameStart: 0, nameEnd: 0, start: 0, end: 0 };
