import { policyOf } from '../knowledge/policies.ts';
import type { Severity } from './finding.ts';
import { type Location, TextRange } from './location.ts';
import type { Placeholders } from './message.ts';
import type { ReportOptions, Rule } from './rule.ts';

/** The worst first. */
export const severities = ['error', 'warning', 'info'] as const;

/** What a rule has found, before it's known where it stands in the text. */
export interface Reported {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly location: Location | TextRange;
  readonly placeholders: Placeholders;
  readonly options: ReportOptions;
}

/** What stands for other findings: a misspelled or misplaced member for what another location lacks, the lack, or a value that it can't be. */
interface Cause {
  severity: Severity;
  /** The code of the policy that asks for what is lacking. */
  policy: string | undefined;
  readonly reported: Reported;
}

type Causes = ReadonlyMap<string, Cause>;

/**
 * Without the findings about absent members that are there under a wrong name, or in a wrong place: this is what is reported.
 * Without those that an absent member leads to, or a value that is none it can be, which is reported itself. What is reported is as
 * bad as what it stands for.
 */
export function bestCauses(all: readonly Reported[]): readonly Reported[] {
  const slips = new Map<string, Cause>();
  const absences = new Map<string, Cause>();
  const invalidValues = new Map<string, Cause>();
  for (const reported of all) {
    const { location, severity, options } = reported;
    const cause = { reported, severity, policy: policyBehind(reported) };
    if (options.isInvalid && !(location instanceof TextRange)) invalidValues.set(keyOf(location), cause);
    else if (options.meant) slips.set(keyOf(options.meant), cause);
    else if (!options.because && !options.lack && isAbsent(location)) absences.set(keyOf(location), cause);
  }
  const causes = causesOf(all, slips, absences, invalidValues);
  const rest = all.filter((reported) => {
    const cause = firstCause(reported, causes);
    if (!cause) return true;
    if (severities.indexOf(reported.severity) < severities.indexOf(cause.severity)) cause.severity = reported.severity;
    cause.policy ??= policyBehind(reported);
    return false;
  });
  const raised = new Map(
    [...slips.values(), ...absences.values(), ...invalidValues.values()].map((cause) => [cause.reported, cause]),
  );
  return rest.map((reported) => {
    const cause = raised.get(reported);
    if (!cause) return reported;
    return { ...reported, severity: cause.severity, options: { ...reported.options, policy: cause.policy } };
  });
}

/** What a finding is due to in the end: a cause can have one, too. Undefined where they are due to each other: nothing is hidden then. */
function firstCause(reported: Reported, causes: ReadonlyMap<Reported, Cause>): Cause | undefined {
  const passed = new Set([reported]);
  let first: Cause | undefined;
  for (let next = causes.get(reported); next; next = causes.get(next.reported)) {
    if (passed.has(next.reported)) return undefined;
    passed.add(next.reported);
    first = next;
  }
  return first;
}

/** What each finding is due to, of those that are due to something else. */
function causesOf(
  all: readonly Reported[],
  slips: Causes,
  absences: Causes,
  invalidValues: Causes,
): ReadonlyMap<Reported, Cause> {
  // What was meant as a reference lacks nothing itself.
  const slipAt = (location: Location): Cause | undefined => {
    if (slips.size === 0 || !isAbsent(location)) return undefined;
    const reference = location.parent?.at('$ref');
    return slips.get(keyOf(location)) ?? (reference && slips.get(keyOf(reference)));
  };
  // Of what isn't there, what should hold it can have another type.
  const invalidAt = (location: Location): Cause | undefined => {
    if (invalidValues.size === 0) return undefined;
    const found = invalidValues.get(keyOf(location));
    return found || !location.parent || location.value !== undefined ? found : invalidAt(location.parent);
  };
  const causeAt = (place: Location): Cause | undefined =>
    invalidAt(place) ?? slipAt(place) ?? (isAbsent(place) ? absences.get(keyOf(place)) : undefined);
  // Many findings can have the same list.
  const known = new Map<readonly Location[], readonly Cause[]>();
  const causesAt = (places: readonly Location[]): readonly Cause[] => {
    const before = known.get(places);
    if (before) return before;
    const found = [...new Set(places.flatMap((place) => causeAt(place) ?? []))];
    known.set(places, found);
    return found;
  };
  const causes = new Map<Reported, Cause>();
  const lacking = new Map<readonly Location[], Map<string, Reported[]>>();
  for (const reported of all) {
    const { location, options } = reported;
    const { because = [], lack } = options;
    const isSupplied = (cause: Cause): boolean => !lack || !isSlip(cause) || lack.isIn(writtenAt(cause));
    const isOther = (cause: Cause | undefined): cause is Cause => cause !== undefined && cause.reported !== reported;
    const ofValue = location instanceof TextRange ? [] : [invalidAt(location), slipAt(location)];
    const cause =
      ofValue.find(isOther) ??
      causesAt(because).find((one) => isOther(one) && isSupplied(one)) ??
      causesAt(lack?.oneOf ?? []).find((one) => isSlip(one) && isSupplied(one));
    if (cause) causes.set(reported, cause);
    else if (lack) {
      const byName = lacking.get(lack.oneOf) ?? new Map<string, Reported[]>();
      lacking.set(lack.oneOf, byName);
      const sameName = byName.get(lack.name) ?? [];
      byName.set(lack.name, sameName);
      sameName.push(reported);
    }
  }
  // Where more is lacking than there are causes, something is lacking for itself, and nobody knows which.
  for (const [places, byName] of lacking) {
    const any = causesAt(places).filter((cause) => !isSlip(cause));
    if (byName.size > any.length) continue;
    for (const [index, sameName] of [...byName.values()].entries()) {
      const cause = any[index];
      if (cause) for (const reported of sameName) causes.set(reported, cause);
    }
  }
  return causes;
}

/** Whether it's known what is there under a wrong name. */
function isSlip({ reported }: Cause): boolean {
  return reported.options.meant !== undefined;
}

function writtenAt({ reported: { location } }: Cause): unknown {
  return location instanceof TextRange ? undefined : location.value;
}

function isAbsent(location: Location | TextRange): location is Location {
  return !(location instanceof TextRange) && location.value === undefined;
}

/** The code of the certification policy that a finding is about. */
export function policyBehind({ rule, options }: Pick<Reported, 'rule' | 'options'>): string | undefined {
  return options.policy ?? policyOf(rule.id);
}

function keyOf({ file, path }: Location): string {
  return JSON.stringify([file.name, ...path]);
}
