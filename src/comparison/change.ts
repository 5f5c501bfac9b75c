import type { ConnectorPart } from '../connector/part.ts';

/** What a change is about, in the words of users. */
export type Area =
  | 'title'
  | 'information'
  | 'service'
  | 'security'
  | 'operation'
  | 'path'
  | 'definition'
  | 'shared parameter'
  | 'shared response'
  | 'connection parameter'
  | 'connection parameter set'
  | 'policy'
  | 'property'
  | 'icon'
  | 'script';

/** The kinds of changes that certification asks about: the validator of the service compares with what is published. */
export type ChangeRule =
  | 'operation-removed'
  | 'operation-hidden'
  | 'operation-trigger'
  | 'path'
  | 'location'
  | 'input-required'
  | 'input-removed'
  | 'input-value-removed'
  | 'output-removed'
  | 'type'
  | 'connection';

/** One thing by which two states of a connector differ. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed';
  readonly part: ConnectorPart | 'title';
  readonly area: Area;
  /** What it is called: the operation ID, the name of the definition; undefined where there is only one of its kind. */
  readonly subject: string | undefined;
  /** What of it, such as `parameter id (path), type`; undefined when it is about the subject as a whole. */
  readonly detail: string | undefined;
  /** A JSON pointer into the document of the part, to what is there now or was there; empty for what is no document. */
  readonly pointer: string;
  /** In a few words. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Why flows and apps that use the connector break; undefined when they do not. */
  readonly breaking: string | undefined;
  /** As which kind certification sees it; also kinds that break nothing that runs. */
  readonly rule: ChangeRule | undefined;
  /** A JSON pointer into the document as it is now: for what is no more, into what held it. */
  readonly place: string;
  /** The operations that use what is shared. */
  readonly usedBy: readonly string[];
}

/** A change in a line: `operation GetPet: summary "Get" → "Get a pet"`. */
export function changeSummary({ area, subject, detail, ...change }: Change): string {
  const about = subject === undefined ? area : `${area} ${subject}`;
  return detail === undefined ? `${about} ${changeWords(change)}` : `${about}: ${detail} ${changeWords(change)}`;
}

/** What happened: `added`, `renamed to Dog`, `"a" → "b"`. */
export function changeWords({ kind, before, after }: Pick<Change, 'kind' | 'before' | 'after'>): string {
  if (kind === 'renamed') return `renamed to ${after ?? ''}`;
  if (kind !== 'changed') return kind;
  return before === undefined || after === undefined || before === after ? 'changed' : `${before} → ${after}`;
}
