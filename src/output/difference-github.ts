import type { Change } from '../comparison/change.ts';
import type { Connector } from '../connector/connector.ts';
import { decodeText } from '../json/decode.ts';
import { pointerPath } from '../json/pointer.ts';
import { locate } from '../json/positions.ts';
import type { ComparedSide } from '../results/files.ts';
import { SourceFile } from '../validation/engine/source-file.ts';
import { partOfPointer } from '../values/place-values.ts';
import { driftWords, notComparedWords } from './drift-words.ts';
import { githubCommand } from './github.ts';

/** One side of a comparison. */
export interface AnnotatedSide {
  readonly side: ComparedSide;
  readonly state: Connector;
}

/** Both sides, and how they differ. */
export interface AnnotatedComparison {
  readonly from: AnnotatedSide;
  readonly to: AnnotatedSide;
  readonly changes: readonly Change[];
  /** The pointers to values that nobody could compare. */
  readonly notCompared: readonly string[];
}

/**
 * The differences as one annotation of a GitHub workflow run, at the first of them in the local files, and one of what could not
 * be compared; nothing without either.
 */
export function differenceGithub({ from, to, changes, notCompared }: AnnotatedComparison): string {
  const local = [to, from].find(({ side: { kind } }) => kind === 'local' || kind === 'folder');
  const { environment } = from.side.environment ? from.side : to.side;
  const place = environment && (environment.name ?? environment.id);
  const inPlace = place === null ? '' : ` in ${place}`;
  const annotation = (title: string, about: readonly Located[], words: string): string =>
    githubCommand('warning', { ...(local && placeIn(local, about)), title: `${title}${inPlace}` }, words);
  const title = place === null ? 'Differences' : 'Different';
  const values = notCompared.map((pointer) => ({ part: partOfPointer(pointer), pointer }));
  return [
    ...(changes.length > 0 ? [annotation(title, changes, driftWords(changes))] : []),
    ...(values.length > 0 ? [annotation('Not compared', values, notComparedWords(notCompared))] : []),
  ].join('\n');
}

type Located = Pick<Change, 'part' | 'pointer'>;

/** The line of the first of these that is in a file; of one that was removed there, of what is around it. */
function placeIn({ state }: AnnotatedSide, about: readonly Located[]) {
  for (const { part, pointer } of about) {
    const content = part === 'title' ? state.apiDefinition : state[part];
    if (!content) continue;
    const file = content.name.replaceAll('\\', '/');
    if (content !== state.apiDefinition && content !== state.apiProperties) return { file };
    const text = decodeText(content.bytes, content.name);
    const [located] = locate(text, [part === 'title' ? ['info', 'title'] : pointerPath(pointer)]);
    const source = new SourceFile(content.name, text, text.length);
    return { file, line: source.positionAt(located?.found.nameStart ?? 0).line };
  }
  return {};
}
