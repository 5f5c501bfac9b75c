import { changeSummary } from '../../comparison/change.ts';
import { ConflictError } from '../../errors.ts';
import type { Context } from '../../context.ts';
import { dataFile } from '../../output/data-path.ts';
import { conflictData, conflictText } from '../../output/conflict-text.ts';
import { changeData } from '../../output/difference-result.ts';
import { counted } from '../../output/report.ts';
import type { Result, Table } from '../../output/result.ts';
import { commandChoices } from '../../publish/command-choices.ts';
import { timeWords } from '../../publish/conflict.ts';
import { connectorData } from '../../publish/published-data.ts';
import { type SeenFrom } from '../../check/read-connector.ts';
import { perPart } from '../../connector/part.ts';
import type { PulledData } from '../../results/files.ts';
import type { ResultChange } from '../../results/members.ts';
import { portable } from '../../settings/settings-file.ts';
import type { PulledConnector, PullRequest } from './pull-connector.ts';
import { type FileNames, fileNames, nameBeside } from './pulled-files.ts';
import { type Connector, titleOf } from '../../connector/connector.ts';
import { indivisibleParts, type PartConflict } from '../../merging/merge-states.ts';
import { pathFromHere } from '../../settings/path-from-here.ts';

/** Reports what was merged. It fails if there are conflicts. */
export async function reportPulled(request: PullRequest, pulled: PulledConnector, context: Context): Promise<Result> {
  const { terminal } = context;
  const failure = openConflicts(request, pulled, context);
  if (!failure || pulled.files.length > 0) {
    for (const line of pulledLines(request, pulled, context)) terminal.report(line);
  }
  if (request.settings.script === undefined && pulled.current.state.script && pulled.files.length === 0) {
    terminal.note("Note: The connector has a script in the environment that the settings don't include.");
  }
  const data = await pulledData(request, pulled, failure !== undefined, context);
  const shown = [...data.changes.map(changeRow), ...data.conflicts.map(conflictRow)];
  const columns = ['Kind', 'Target', 'Description', 'Local', 'Environment'];
  const table: Table = { columns, kinds: ['word', 'name', 'text', 'text', 'text'], rows: shown };
  return { data, table, ...(failure && { failure }) };
}

async function pulledData(
  { target, settings, isDryRun }: PullRequest,
  { current, changes, conflicts, files, baseFiles }: PulledConnector,
  isOpen: boolean,
  context: Context,
): Promise<PulledData> {
  const { folder = '.', workingDirectory } = context;
  return {
    result: isOpen ? 'conflict' : files.length === 0 ? 'unchanged' : 'merged',
    isDryRun,
    ...(await connectorData(target, titleOf(current.state) ?? null, settings, context)),
    folder: portable(folder),
    files: [...files, ...baseFiles.map(({ path }) => ({ path, role: 'base' as const }))].map((file) =>
      dataFile(file, workingDirectory),
    ),
    changes: changes.map(changeData),
    conflicts: conflicts.map(conflictData),
  };
}

function changeRow({ kind, area, target, description, before, after }: ResultChange): readonly string[] {
  return [kind, [area, target].filter(Boolean).join(' '), description ?? '', before ?? '', after ?? ''];
}

function conflictRow({ part, pointer, ours, theirs }: PulledData['conflicts'][number]): readonly string[] {
  return ['conflict', part, pointer, ours ?? '', theirs ?? ''];
}

function pulledLines(
  { isDryRun, conflicts: choice }: PullRequest,
  pulled: PulledConnector,
  place: SeenFrom,
): readonly string[] {
  const { changes, conflicts, files, current } = pulled;
  if (files.length === 0) {
    return [choice === 'ours' ? "The files weren't changed." : 'Already up to date.'];
  }
  const { changedBy, changedTime } = current;
  const who = changedBy === undefined ? '' : ` by ${changedBy}`;
  const last = changedTime === undefined ? '' : `, last changed${who} on ${timeWords(changedTime)}`;
  const decided = conflicts.length > 0 && choice !== 'marks' ? [decidedWords(conflicts.length, choice)] : [];
  const names = files.map(({ name }) => pathFromHere(name, place)).join(', ');
  const merged = `${isDryRun ? 'Would be merged' : 'Merged'} from the environment${last}:`;
  return [
    ...(changes.length > 0 ? [merged, ...changes.map((change) => `  ${changeSummary(change)}`)] : []),
    ...decided,
    `${isDryRun ? 'Would be written' : 'Written'}: ${names}`,
  ];
}

function decidedWords(count: number, choice: PullRequest['conflicts']): string {
  const side = choice === 'theirs' ? "the environment's" : 'the local';
  return `${counted(count, 'conflict')} resolved with ${side} values.`;
}

/** The conflicts that the user must resolve. */
function openConflicts(
  { conflicts: choice, settings, isDryRun, named, files }: PullRequest,
  { conflicts, current }: PulledConnector,
  place: SeenFrom,
): ConflictError | undefined {
  if (conflicts.length === 0 || choice === 'ours' || choice === 'theirs') return undefined;
  const inFolder = fileNames(settings);
  const names = perPart((part) => pathFromHere(inFolder[part], place));
  const detail = conflictText(conflicts, (part) => names[part]);
  const places = counted(conflicts.length, 'place');
  if (choice === 'marks' && !isDryRun) {
    const inFiles = [...new Set(conflicts.map(({ part }) => names[part]))].join(', ');
    return new ConflictError(`${counted(conflicts.length, 'conflict')} in ${inFiles}.`, {
      detail,
      hint: markedWays(conflicts, names, current.state, { named, files }),
    });
  }
  return new ConflictError(`${places} changed both locally and in the environment. No files were changed.`, {
    detail,
    hint: commandChoices([
      [`paconn pull${named} --mark`, markingWords(conflicts, names, current.state)],
      [`paconn pull${named} --ours`, 'use the local values'],
      [`paconn pull${named} --theirs`, "use the environment's values"],
    ]).join('\n'),
  });
}

/** What `--mark` writes: nothing can be marked in an icon, and in what is no text. */
function markingWords(conflicts: readonly PartConflict[], names: FileNames, theirs: Connector): string {
  const whole = indivisibleParts(conflicts);
  const beside = whole.filter((part) => theirs[part]).map((part) => nameBeside(names[part]));
  const isMarked = conflicts.some(({ part }) => !whole.includes(part));
  if (beside.length === 0)
    return isMarked ? 'write both values into the files, with conflict markers' : 'write all other changes';
  const files = beside.join(' and ');
  return isMarked
    ? `write conflict markers into the files, and ${files}`
    : `write the environment's version to ${files}`;
}

function markedWays(
  conflicts: readonly PartConflict[],
  names: FileNames,
  theirs: Connector,
  { named, files }: Pick<PullRequest, 'named' | 'files'>,
): string {
  const whole = indivisibleParts(conflicts);
  const marked = new Set(conflicts.flatMap(({ part }) => (whole.includes(part) ? [] : names[part])));
  return [
    ...(marked.size > 0
      ? [`Edit ${[...marked].join(', ')} to resolve the conflict markers, then run:\n  paconn validate${files}`]
      : []),
    ...whole.map((part) => {
      const environment = theirs[part]
        ? `the environment's version is in ${nameBeside(names[part])}`
        : 'the environment has none';
      return `${names[part]} can't be merged: ${environment}.`;
    }),
    ...(whole.length > 0
      ? [
          `To keep yours, run 'paconn pull${named} --ours'. To use the environment's, run 'paconn pull${named} --theirs'.`,
        ]
      : []),
  ].join('\n');
}
