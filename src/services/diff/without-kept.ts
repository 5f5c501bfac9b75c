import { keptUnchanged } from '../../connector/left-out.ts';
import type { Context } from '../../context.ts';
import type { ComparedState } from './in-one-environment.ts';

/**
 * What an environment has, without what it keeps when the files leave it out, as `deploy` says: no update of these files would
 * change that. What somebody has changed since the last synced version is new to the files, and stays.
 */
export async function withoutKept(
  compared: ComparedState,
  { state: files }: ComparedState,
  { terminal }: Pick<Context, 'terminal'>,
): Promise<ComparedState> {
  const { state, base, synced } = compared;
  if (!base) return compared;
  const isIconKept = !files.icon && state.icon !== undefined && state.icon.hash === base.hashes.icon;
  const current = state.apiProperties.document;
  const kept = await keptUnchanged(current, files.apiProperties.document, async () => {
    return (await synced?.())?.apiProperties.document;
  });
  const words = [...(isIconKept ? ['icon'] : []), ...kept];
  if (words.length === 0) return compared;
  terminal.note(
    `Note: Not compared, because the files leave it out and an update can't remove it: ${words.join(', ')}.`,
  );
  const document = current.withEach(kept.map((name) => ({ path: ['properties', name], value: undefined })));
  const apiProperties = kept.length > 0 ? state.apiProperties.with(document) : state.apiProperties;
  return { ...compared, state: { ...state, apiProperties, icon: isIconKept ? undefined : state.icon } };
}
