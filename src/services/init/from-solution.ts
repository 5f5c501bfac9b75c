import { nextStepWords } from '../../output/next-step.ts';
import type { SolutionSource } from '../../check/solution-source.ts';
import { titleOf } from '../../connector/connector.ts';
import { UsageError } from '../../errors.ts';
import { writeFiles } from '../../io/fs/files.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { dataFile, dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { InitData } from '../../results/files.ts';
import { reportLeftBehind } from '../../packaging/report-omitted.ts';
import { filesOfConnector } from '../../packaging/files-of-connector.ts';

export interface Destination {
  readonly workingDirectory: string;
  readonly directory: string;
  /** As it was named. */
  readonly paths: readonly string[];
}

/** Writes the files of a connector of a solution as they are. Raises {@link UsageError} for choices that would change them. */
export async function filesOfSolution(
  source: SolutionSource,
  choices: Readonly<Record<string, unknown>>,
  { directory, paths, workingDirectory }: Destination,
  terminal: Terminal,
): Promise<Result> {
  if (Object.values(choices).some(isChosen)) {
    throw new UsageError("Options that describe a connector can't be used with a solution.", {
      hint: 'Use only --from and --solution-connector, and edit the files.',
    });
  }
  const { connector, path, settings } = source;
  const files = filesOfConnector(connector, directory, settings);
  await writeFiles(files);
  const title = titleOf(connector) ?? path;
  terminal.report(`The files of ${title} are in ${directory}.`);
  reportLeftBehind([source], terminal);
  const folder = paths.map((one) => ` ${pathWord(one)}`).join('');
  terminal.note(nextStepWords([`paconn validate${folder}`, `paconn deploy${folder}`]));
  const data: InitData = {
    result: 'created',
    name: title,
    folder: dataPath(directory, workingDirectory),
    files: files.map((file) => dataFile(file, directory)),
  };
  return { data };
}

function isChosen(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
