import { UsageError } from '../../errors.ts';
import { solutionOptions } from '../../packaging/solution-options.ts';
import { requireOnlyFitting } from '../../settings/flags.ts';

/** The options of conversions, by the names of their settings. */
const forDescriptions = {
  openapi: '--openapi',
  destination: '--output-dir',
  operations: '--operations',
  tag: '--tag',
  server: '--server',
  serverVariables: '--server-variables',
  host: '--host',
  title: '--title',
  summary: '--description',
  security: '--security',
  oAuthClientId: '--client-id',
  authorizationUrl: '--authorization-url',
  tokenUrl: '--token-url',
  root: '--root',
  refHosts: '--ref-hosts',
  reportFormat: '--format',
  info: '--info',
  strict: '--strict',
} as const;

export interface LayoutFlags {
  readonly layout: 'solution' | 'files' | undefined;
  readonly out?: string | undefined;
  readonly outputFile?: string | undefined;
  readonly output: string;
  readonly query?: string | undefined;
}

/** Raises {@link UsageError} for options of another conversion than the one that is asked for. */
export function requireFittingLayout(given: unknown, { layout, out, outputFile, output, query }: LayoutFlags): void {
  if (layout === undefined) {
    const hint = 'To make a solution, pass --to solution. To name the folder, pass --output-dir <folder>.';
    requireOnlyFitting(given, { out: '--out', ...solutionOptions }, { use: 'without --to', hint });
    return;
  }
  const others = { ...forDescriptions, ...(layout === 'files' && solutionOptions) };
  const hint = `With --to ${layout}, use --out, --overwrite, --dry-run${layout === 'files' ? '' : ', and the options of the solution'}.`;
  requireOnlyFitting(given, others, { use: `with --to ${layout}`, hint });
  const isResultInFile = output !== 'none' || query !== undefined;
  if (outputFile !== undefined && !isResultInFile) {
    throw new UsageError(`--output-file requires --output with --to ${layout}.`, { hint: 'Pass -o json.' });
  }
  if (out === '-')
    throw new UsageError('--out - is only supported by paconn package.', { hint: 'Pass a file or a folder.' });
}
