import type { JsonArrayNode, JsonNode, JsonObjectNode } from '../json/tree.ts';
import { arrangementOf, type Element, indentationIn } from './arrangement.ts';
import { conflictMarks } from './conflict-marks.ts';
import { commasOf, noComma, type SideCommas } from './entry-commas.ts';
import { inStyle, type JsonStyle, styleOf } from './json-style.ts';
import type { Merged, MergedEntry, NodeConflict } from './merge-nodes.ts';

/** The texts that a merge is about. */
export interface Texts {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * The text of a merged document: that of ours, changed where the merge has changed something. Around each conflict that is
 * not decided there are lines with marks, and between them both values; the text is JSON again when one of them is gone.
 */
export function writeMerged(merged: Merged, texts: Texts): string {
  return new Writer(texts).document(merged);
}

class Writer {
  readonly #ours: string;
  readonly #theirs: string;
  readonly #style: JsonStyle;

  constructor({ ours, theirs }: Texts) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.#style = styleOf(ours);
  }

  document(merged: Merged): string {
    const ours = merged.kind === 'conflict' ? merged.conflict.ours : merged.ours;
    const written = merged.kind === 'conflict' ? this.#wholeConflict(merged.conflict) : this.#value(merged, '');
    if (!ours) return written;
    return `${this.#ours.slice(0, ours.start)}${written}${this.#ours.slice(ours.end)}`;
  }

  #wholeConflict({ ours, theirs }: NodeConflict): string {
    const { lineEnd } = this.#style;
    const lines = [
      conflictMarks.ours,
      ours && this.#slice(ours),
      conflictMarks.between,
      theirs && this.#theirValue(theirs, ''),
      conflictMarks.theirs,
    ];
    return lines.filter((line) => line !== undefined).join(lineEnd);
  }

  /** @param indentation Of the line it begins on; undefined where all is on one line. */
  #value(merged: Exclude<Merged, { kind: 'conflict' }>, indentation: string | undefined): string {
    if (merged.kind === 'kept') return this.#slice(merged.ours);
    if (merged.kind === 'taken') return this.#theirValue(merged.theirs, indentation);
    return areInPlace(merged.ours, merged.entries)
      ? this.#replaced(merged.ours, merged.entries)
      : this.#rearranged(merged.ours, merged.entries);
  }

  /** A container in which only values have changed. */
  #replaced(container: JsonObjectNode | JsonArrayNode, entries: readonly MergedEntry[]): string {
    const { placed } = arrangementOf(container, this.#ours, this.#style);
    const parts: string[] = [];
    let from = container.start;
    const inText = entries.toSorted((one, other) => (one.ours?.start ?? 0) - (other.ours?.start ?? 0));
    for (const { name, ours, value } of inText) {
      if (!ours || value.kind === 'conflict') continue;
      const lead = placed.get(ours)?.lead ?? '';
      parts.push(this.#ours.slice(from, ours.start), this.#entry(name, ours, value, indentationIn(lead)));
      from = ours.end;
    }
    parts.push(this.#ours.slice(from, container.end));
    return parts.join('');
  }

  /** A container in which entries come, go or move, or are in conflict. */
  #rearranged(container: JsonObjectNode | JsonArrayNode, entries: readonly MergedEntry[]): string {
    const { lineEnd, unit, indentationAt } = this.#style;
    const { placed, firstLead, furtherLead, tail } = arrangementOf(container, this.#ours, this.#style);
    const outside = indentationAt(container.start);
    const inside = indentationIn(furtherLead) ?? indentationIn(firstLead) ?? `${outside}${unit}`;
    const parts: string[] = [];
    const commas = commasOf(entries);
    let isAfterMark = false;
    for (const [index, { name, ours, value }] of entries.entries()) {
      const comma = commas[index] ?? noComma;
      if (value.kind === 'conflict') {
        const [mine, their] = this.#sides(name, ours, value.conflict, inside);
        const side = (text: string | undefined, { before, after }: SideCommas): string =>
          text === undefined ? '' : `${inside}${before}${text}${after}${lineEnd}`;
        const { ours: begin, between, theirs: end } = conflictMarks;
        const sides = `${side(mine, comma.ours)}${between}${lineEnd}${side(their, comma.theirs)}`;
        parts.push(`${lineEnd}${begin}${lineEnd}${sides}${end}`);
      } else {
        const own = ours && placed.get(ours);
        const defaultAnswer = index === 0 ? firstLead : furtherLead;
        const wished = own && own.isFirst === (index === 0) ? own.lead : defaultAnswer;
        const lead = isAfterMark && indentationIn(wished) === undefined ? `${lineEnd}${inside}` : wished;
        const { after } = comma.ours;
        const trail = after === '' ? '' : (own?.trail ?? '');
        parts.push(lead, this.#entry(name, ours, value, indentationIn(lead)), trail, after);
      }
      isAfterMark = value.kind === 'conflict';
    }
    const [open, close] = container.type === 'object' ? ['{', '}'] : ['[', ']'];
    const end = isAfterMark && indentationIn(tail) === undefined ? `${lineEnd}${outside}` : tail;
    return entries.length === 0 ? `${open}${close}` : `${open}${parts.join('')}${end}${close}`;
  }

  #sides(
    name: string | undefined,
    mine: Element | undefined,
    { theirs }: NodeConflict,
    indentation: string,
  ): readonly [string | undefined, string | undefined] {
    const their = theirs && `${this.#named(name)}${this.#theirValue(theirs, indentation)}`;
    return [mine && this.#slice(mine), their];
  }

  #entry(
    name: string | undefined,
    ours: Element | undefined,
    value: Exclude<Merged, { kind: 'conflict' }>,
    indentation: string | undefined,
  ): string {
    const written = this.#value(value, indentation);
    if (!ours) return `${this.#named(name)}${written}`;
    return 'name' in ours ? `${this.#ours.slice(ours.start, ours.value.start)}${written}` : written;
  }

  #named(name: string | undefined): string {
    return name === undefined ? '' : `${JSON.stringify(name)}${this.#style.colon}`;
  }

  #theirValue({ start, end }: JsonNode, indentation: string | undefined): string {
    const isOnOneLine = this.#style.isOnOneLine;
    return inStyle(this.#theirs.slice(start, end), this.#style, isOnOneLine ? undefined : indentation);
  }

  #slice({ start, end }: Element): string {
    return this.#ours.slice(start, end);
  }
}

/** Whether the entries are those of the text, in their places. */
function areInPlace(container: JsonObjectNode | JsonArrayNode, entries: readonly MergedEntry[]): boolean {
  const before = container.type === 'object' ? [...container.byName.values()] : container.items;
  const isSame = ({ ours, value }: MergedEntry, index: number): boolean =>
    ours === before[index] && value.kind !== 'conflict';
  return entries.length === before.length && entries.every(isSame);
}
