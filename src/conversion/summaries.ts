import type { Ledger } from './ledger.ts';
import type { SourceNode } from './source.ts';
import { cutAtWord, longestSummary } from './words.ts';

const unusable = /[/\\<>*%&?]/gu;

export interface UsableSummary {
  readonly summary: string;
  /** The whole, where it's too long. */
  readonly rest?: string;
}

/** A summary that the platform accepts. What is changed is reported. */
export function usableSummary(
  text: string,
  { node, id }: { readonly node: SourceNode; readonly id: string },
  ledger: Ledger,
): UsableSummary {
  const characters = [...new Set(text.match(unusable) ?? [])].join(' ');
  const cleaned = characters === '' ? text : text.replaceAll(unusable, ' ').replaceAll(/\s+/gu, ' ').trim();
  if (characters !== '') ledger.add('summary-characters', node, { id, characters });
  if (cleaned.length <= longestSummary) return { summary: cleaned };
  ledger.add('summary-cut', node, { id, n: cleaned.length });
  return { summary: cutAtWord(cleaned, longestSummary), rest: text };
}
