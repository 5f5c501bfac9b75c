import { SourceFile } from '../validation/engine/source-file.ts';
import type { Context } from '../context.ts';
import { interruptible } from '../interruptible.ts';
import type { CheckedConnector } from '../output/report.ts';
import { checkConnector, type CheckOptions } from '../validation/check.ts';
import {
  type ConnectorSource,
  fileRoles,
  type NamedFile,
  type PublishedFiles,
} from '../validation/engine/connector-source.ts';
import { decodeBytes } from '../json/decode.ts';
import type { Finding } from '../validation/engine/finding.ts';
import type { FixedConnector } from '../validation/engine/fix.ts';
import { rulesById } from '../validation/rules.ts';
import { serviceAnswerRule, serviceRule } from '../validation/engine/service-findings.ts';
import { mapBounded } from '../io/async.ts';
import type { DefinitionService } from './definition-service.ts';
import { type FoundConnector, type OnUnreadable, unlessUnreadable } from './found-connector.ts';
import { isSuppressed, readSuppressions, readSuppressionsAt, type Suppressions } from './suppressions.ts';

/** What can be ignored: all rules, and what the service says. */
export const ignorableRules: readonly string[] = [...rulesById.keys(), serviceRule, serviceAnswerRule];

export interface CheckingOptions extends CheckOptions {
  readonly publisher?: ConnectorSource['publisher'];
  /** The published version of a connector to compare with. */
  readonly published?: FindPublished | undefined;
  /** Also asks the service. */
  readonly service?: DefinitionService | undefined;
  /** Changes the files before they are checked, given what is wrong with them. */
  readonly fix?: Fixer | undefined;
  readonly onUnreadable?: OnUnreadable;
}

export type Fixer = (
  source: ConnectorSource,
  check: (source: ConnectorSource) => readonly Finding[],
) => Promise<FixedConnector>;

export type FindPublished = (connector: FoundConnector, source: ConnectorSource) => Promise<PublishedFiles | undefined>;

/** How many connectors are read, or waited for, at a time. */
const sideBySide = 8;

/** Checks connectors side by side; the results are in their order. Raises `FileError` unless somebody wants to know what can't be read. */
export async function checkConnectors(
  found: readonly FoundConnector[],
  options: CheckingOptions,
  context: Context,
): Promise<readonly CheckedConnector[]> {
  const checked = await mapBounded(found, sideBySide, async (connector) => {
    const { onUnreadable } = options;
    return (await unlessUnreadable(() => checkFound(connector, options, context), onUnreadable)) ?? [];
  });
  return checked.flat();
}

async function checkFound(
  connector: FoundConnector,
  options: CheckingOptions,
  { terminal, workingDirectory }: Context,
): Promise<CheckedConnector> {
  const { shown, read, folder, settingsBeside, relocate = (findings) => findings } = connector;
  const files = await read();
  const published = await options.published?.(connector, files);
  const given = { ...files, publisher: options.publisher, published };
  const suppressionsIn = async ({ settings }: ConnectorSource): Promise<Suppressions> =>
    settingsBeside === undefined
      ? readSuppressions(settings, ignorableRules, terminal)
      : await readSuppressionsAt(settingsBeside, workingDirectory, ignorableRules, terminal);
  const check = (source: ConnectorSource): readonly Finding[] =>
    relocate(interruptible(() => checkConnector(source, options)));
  const before = await suppressionsIn(given);
  const fixed = await options.fix?.(given, (one) => check(one).filter((finding) => !isSuppressed(finding, before)));
  const source = fixed?.source ?? given;
  const suppressions = source.settings === given.settings ? before : await suppressionsIn(source);
  const isWanted = (finding: Finding): boolean => !isSuppressed(finding, suppressions);
  const inEnvironments = source.environments
    ? (await import('./value-findings.ts')).environmentFindings(source, check)
    : [];
  const own = [...check(source), ...inEnvironments];
  const all = (await options.service?.addFindings(source.definition, own, folder)) ?? own;
  const wanted = all.filter((finding) => !options.ignored?.has(finding.rule));
  const findings = wanted.filter(isWanted);
  const checked = filesOf(source);
  return {
    shown,
    files: checked.length,
    inputs: [shown, ...[...checked, ...otherInputs(source)].map(({ name }) => name)],
    findings,
    ignored: wanted.length - findings.length,
    texts: textsOf(checked, findings),
    fixed,
  };
}

function filesOf(source: ConnectorSource): readonly NamedFile[] {
  const { parts, environments } = source;
  const own = fileRoles.flatMap((role) => (role === 'properties' && parts ? [] : (source[role] ?? [])));
  return [...own, ...(parts ?? []), ...(environments ? [environments] : [])];
}

function otherInputs({ readme, published }: ConnectorSource): readonly NamedFile[] {
  return [readme, published?.definition, published?.properties].filter((file) => file !== undefined);
}

function textsOf(files: readonly NamedFile[], findings: readonly Finding[]): CheckedConnector['texts'] {
  const names = new Set(findings.map(({ file }) => file));
  return new Map(files.filter(({ name }) => names.has(name)).map((file) => [file.name, fileText(file)]));
}

/** The text of a file, in the lines and columns that findings have; empty when it has none. */
function fileText({ name, bytes }: NamedFile): SourceFile {
  return new SourceFile(name, (bytes && decodeBytes(bytes).text) ?? '', bytes?.length ?? 0);
}
