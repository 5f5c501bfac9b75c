import type { PublisherKind } from '../../connector/publisher.ts';
import type { PartFiles } from './connector-source.ts';
import type { ParsedConnector } from './parsed-connector.ts';
import type { Fix, Level, Severity } from './finding.ts';
import type { Placeholders } from './message.ts';
import type { NodeKind, Nodes } from './node-kinds.ts';
import type { Location, TextRange } from './location.ts';
import type { SourceKey } from '../knowledge/sources.ts';

export interface Rule {
  readonly id: string;
  readonly level: Level;
  /** The rule asks for publishing what many published connectors do not have (● in the catalogue): it warns at most. */
  readonly common?: true;
  /** How bad it is once certification is asked for, where that is another level than always. */
  readonly certified?: Exclude<Severity, 'info'>;
  /** With `{placeholders}`; `{suggestion}`, `{line}` and `{column}` (of the first related location) are filled by the engine. */
  readonly message: string;
  /** What to do about it, with the same placeholders, unless the report says better. */
  readonly hint?: string;
  /** Why there is such a rule, in a sentence or two for the rule reference. */
  readonly reason: string;
  /** The first is what a finding links to. */
  readonly sources: readonly [SourceKey, ...SourceKey[]];
  /** The first of each list is shown to people. Each exemption of a check has a good example in which it alone decides. */
  readonly good: Examples;
  readonly bad: Examples;
  /** Called for every node of these kinds. */
  readonly check?: { readonly [Kind in NodeKind]?: NodeCheck<Kind> };
  /** Called for members of these names only, which costs nothing where they are absent. */
  readonly checkMember?: MemberChecks;
}

export type NodeCheck<Kind extends NodeKind> = (node: Nodes[Kind], report: Report, connector: ParsedConnector) => void;

export type Examples = readonly [Example, ...Example[]];

export interface MemberChecks {
  /** A function tells once for each name and kind of node whether the rule wants the members of that name. */
  readonly names: readonly string[] | ((name: string, kind: NodeKind) => boolean);
  readonly of: { readonly [Kind in NodeKind]?: MemberCheck<Nodes[Kind]> };
}

export type MemberCheck<Node = unknown> = (
  member: Location,
  report: Report,
  node: Node,
  connector: ParsedConnector,
) => void;

/**
 * Reports a finding at a location. Where no value is, the nearest object around it is marked: so for an absent member
 * report the location where it should be. Options that cost time (a search for the nearest name) are given as a
 * function: it is not called for findings that are too many to be listed.
 */
export type Report = (
  location: Location | TextRange,
  placeholders?: Placeholders,
  options?: (ReportOptions & Mildness) | (() => ReportOptions),
) => void;

export interface Mildness {
  /** The rule warns at most here, however bad it is elsewhere. */
  readonly isMild?: boolean;
}

/** Something that is lacking by its name, such as an operation with an ID. */
export interface Lack {
  readonly name: string;
  /** Members of which each, if it's absent and reported, can be one thing that is lacking: findings have the same list. */
  readonly oneOf: readonly Location[];
  /** Whether it's in what is there under a wrong name. */
  readonly isIn: (written: unknown) => boolean;
}

export interface ReportOptions {
  /** What to mark: the value, or the name under which it stands (an unknown, misspelled or duplicate name). */
  readonly mark?: 'value' | 'name';
  /** The part of a text to mark, where it's written as it is. */
  readonly part?: string | undefined;
  /** What was most likely meant: fills `{suggestion}`. */
  readonly suggestion?: string | undefined;
  /** The absent member that a misspelled or misplaced one was meant as: that this is missing is not reported as well. */
  readonly meant?: Location | undefined;
  /** Members that are elsewhere, and lead to this finding if one of them is absent and reported. */
  readonly because?: readonly Location[] | undefined;
  /** What is lacking, where not all that leads to this finding can supply it. */
  readonly lack?: Lack | undefined;
  /** The value is none that it can be: what else is wrong with it, or follows from that, isn't reported. */
  readonly isInvalid?: boolean;
  readonly hint?: string | undefined;
  readonly related?: readonly Related[];
  /** The certification policy that this one finding is about, where not all findings of the rule are about the same. */
  readonly policy?: string | undefined;
  /** Only where there is one right answer. */
  readonly fix?: Fix | undefined;
}

export interface Related {
  readonly location: Location | TextRange;
  readonly message: string;
  readonly mark?: 'value' | 'name';
}

/**
 * Files of a small connector. In a bad one, ⟦ and ⟧ stand around what a finding of the rule marks: there must be one for
 * each pair, and no other. Parts that the rule does not read can be left out, save what makes it JSON.
 */
export interface Example {
  readonly definition?: string | Uint8Array;
  readonly properties?: string | Uint8Array;
  readonly settings?: string | Uint8Array;
  readonly script?: string | Uint8Array;
  readonly readme?: string;
  /** The file with values for environments. */
  readonly environments?: string;
  /** Base64 of a PNG file. */
  readonly icon?: string;
  /** Names of files that were asked for and are not there. */
  readonly missing?: Readonly<Partial<Record<'definition' | 'properties' | 'icon' | 'script', string>>>;
  /** The API definition and the API properties as they are published. */
  readonly published?: { readonly definition?: string; readonly properties?: string };
  /** The parts for which several files are in the folder. */
  readonly unclear?: readonly PartFiles[];
  /** Other names in the folder. */
  readonly others?: readonly string[];
  /** Names other than the usual ones. */
  readonly names?: Readonly<Partial<Record<'definition' | 'properties' | 'script' | 'icon' | 'settings', string>>>;
  readonly publisher?: PublisherKind;
  /** Files of a solution by their names. */
  readonly solution?: ArchiveExample;
  /** Files of a package by their names; those of a ZIP file in it are an object. */
  readonly package?: ArchiveExample;
  /** The files that the package is made from. */
  readonly packagedFrom?: { readonly definition: string; readonly properties: string };
}

export interface ArchiveExample {
  readonly [name: string]: string | ArchiveExample;
}
