import { withoutSecretStretches } from '../connector/secret-stretches.ts';
import { endOf, type Hunk, hunksBetween, itemsOf } from '../comparison/matching-lists.ts';
import type { FileChange } from '../validation/engine/fix.ts';

/** Lines around a change. */
const context = 4;

/**
 * Changes of files as `git apply` takes them, but that what may be a secret is starred out.
 *
 * @param conceal Stars out what else is a secret in a file of that name, and leaves its lines as they are.
 */
export function unifiedDiff(changes: readonly FileChange[], conceal: Conceal = (text) => text): string {
  return changes
    .map(({ name, before, after }) => {
      const path = name.replaceAll('\\', '/');
      // A tab tells where a name with spaces ends.
      const end = /\s/u.test(path) ? '\t' : '';
      const hunks = hunkTexts(linesOf(before, path, conceal), linesOf(after, path, conceal));
      return `--- a/${path}${end}\n+++ b/${path}${end}\n${hunks.join('')}`;
    })
    .join('')
    .trimEnd();
}

type Conceal = (text: string, path: string) => string;

/** The lines of a text with their line ends, and the same as they are shown. */
interface Lines {
  readonly written: readonly string[];
  readonly shown: readonly string[];
}

function linesOf(text: string, path: string, conceal: Conceal): Lines {
  const shown = withoutSecretStretches(conceal(text, path), path.endsWith('.csx') ? 'csharp' : 'json');
  return { written: splitAtEnds(text), shown: splitAtEnds(shown) };
}

function splitAtEnds(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/u);
}

/** What differs is seen in the lines as they are written: stars are all the same. */
function hunkTexts(linesBefore: Lines, linesAfter: Lines): readonly string[] {
  const { shown: before } = linesBefore;
  const { shown: after } = linesAfter;
  return groupsOf(hunksBetween(linesBefore.written, linesAfter.written)).map((hunks) => {
    const [first, last] = [hunks[0], hunks.at(-1)];
    if (!first || !last) return '';
    const lead = Math.min(context, first.before.start);
    const trail = Math.min(context, before.length - endOf(last.before));
    const [from, to] = [first.before.start - lead, endOf(last.before) + trail];
    const [newFrom, newTo] = [first.after.start - lead, endOf(last.after) + trail];
    const parts: string[] = [];
    let kept = from;
    for (const hunk of hunks) {
      parts.push(written(' ', before.slice(kept, hunk.before.start)));
      parts.push(written('-', itemsOf(before, hunk.before)), written('+', itemsOf(after, hunk.after)));
      kept = endOf(hunk.before);
    }
    parts.push(written(' ', before.slice(kept, to)));
    return `@@ -${range(from, to)} +${range(newFrom, newTo)} @@\n${parts.join('')}`;
  });
}

/** Changes that are so near each other that the lines around them meet. */
function groupsOf(hunks: readonly Hunk[]): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    if (last && hunk.before.start - endOf(last.before) <= 2 * context) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

/** Of no lines the number is that of the line before them. */
function range(from: number, to: number): string {
  return `${to > from ? from + 1 : from},${to - from}`;
}

function written(mark: string, lines: readonly string[]): string {
  return lines.map((line) => `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`).join('');
}
