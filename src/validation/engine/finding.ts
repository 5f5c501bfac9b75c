/** What a rule asks of a connector: always, or only for publishing, or as advice. */
export type Level = 'error' | 'warning' | 'certification' | 'info';

/** How bad a finding is for this run: what certification asks is an error or a warning once it is asked for. */
export type Severity = 'error' | 'warning' | 'info';

/** A point in a text: both 1-based, columns in UTF-16 units. A tab counts one, a byte order mark none. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface RelatedLocation extends Position {
  readonly file: string;
  readonly message: string;
}

/** The one right answer to a fault, in terms of the document; positions come from the finding's path. */
export type Fix =
  | { readonly rename: string }
  | { readonly replace: unknown }
  | { readonly insert: { readonly name: string; readonly value: unknown } }
  | { readonly remove: true };

export interface Finding extends Position {
  /** The name of the file as it was given. */
  readonly file: string;
  readonly endLine: number;
  /** Exclusive. */
  readonly endColumn: number;
  readonly rule: string;
  readonly level: Severity;
  readonly message: string;
  /** RFC 6901; of an absent member the object that should hold it. */
  readonly pointer: string;
  readonly hint?: string;
  /** The code of the certification policy, if certification was asked for and the rule is about one. */
  readonly policy?: string;
  /** Where the rule comes from. */
  readonly url: string;
  readonly related?: readonly RelatedLocation[];
  /** Where the fault is in the text without its byte order mark, in UTF-16 units, the end exclusive; and how to fix it. */
  readonly fix?: { readonly start: number; readonly end: number; readonly change: Fix };
}
