import type { Change } from '../comparison/change.ts';
import type { Connector } from '../connector/connector.ts';
import { decodeText } from '../json/decode.ts';
import { pointerPath } from '../json/pointer.ts';
import { locate } from '../json/positions.ts';
import type { ComparedSide } from '../results/files.ts';
import { SourceFile } from '../validation/engine/source-file.ts';
import { driftWords } from './drift-words.ts';
import { githubCommand } from './github.ts';

/** One side of a comparison. */
export interface AnnotatedSide {
  readonly side: ComparedSide;
  readonly state: Connector;
}

/** Both sides, and at least one difference. */
export interface AnnotatedComparison {
  readonly from: AnnotatedSide;
  readonly to: AnnotatedSide;
  readonly changes: readonly Change[];
}

/** The differences as one annotation of a GitHub workflow run, at the first of them in the local files. */
export function differenceGithub({ from, to, changes }: AnnotatedComparison): string {
  const local = [to, from].find(({ side: { kind } }) => kind === 'local' || kind === 'folder');
  const { environment } = from.side.environment ? from.side : to.side;
  const place = environment && (environment.name ?? environment.id);
  const title = place === null ? 'Differences' : `Different in ${place}`;
  return githubCommand('warning', { ...(local && placeIn(local, changes)), title }, driftWords(changes));
}

/** The line of the first change that is in a file; of one that was removed there, of what is around it. */
function placeIn({ state }: AnnotatedSide, changes: readonly Change[]) {
  for (const { part, pointer } of changes) {
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
