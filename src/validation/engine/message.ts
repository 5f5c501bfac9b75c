import { shortened } from '../../shortened.ts';

/** What goes into the placeholders of a message. */
export type Placeholders = Readonly<Record<string, string | number>>;

/** In characters. The rest of a value is left out. */
const longestValue = 100;

/**
 * The same of `{problem}`, which is a sentence of a rule, or a part of one, and of `{source}`, the arguments of a command to paste: long
 * paths in them must not hide the rest.
 */
export const longestWords = 600;
const longNames: ReadonlySet<string> = new Set(['problem', 'source']);

/**
 * A rule's message with its placeholders filled. `{suggestion}` becomes a question, and takes the place of the full stop
 * after it: "Unknown key 'titel'{suggestion}." → "Unknown key 'titel', did you mean 'title'?"
 */
export function fillMessage(template: string, placeholders: Placeholders, suggestion: string | undefined): string {
  return template.replaceAll(/\{(\w+)\}(\.?)/gu, (whole, name: string, stop: string) => {
    if (name === 'suggestion')
      return suggestion === undefined ? stop : `, did you mean '${shortened(suggestion, longestValue)}'?`;
    const value = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    const most = longNames.has(name) ? longestWords : longestValue;
    return value === undefined ? whole : `${shortened(String(value), most)}${stop}`;
  });
}

/** A value of a document for a message: texts as they are, others as JSON. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return 'nothing';
  const isContainer = typeof value === 'object' && value !== null;
  return isContainer ? (Array.isArray(value) ? 'an array' : 'an object') : JSON.stringify(value);
}
