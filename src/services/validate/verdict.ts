import { FileError, PaconnError } from '../../errors.ts';
import { type CheckedConnector, counted, type Summary } from '../../output/report.ts';

/**
 * The failure when a connector has errors.
 *
 * @param check The command that shows them, after a dry run that has not.
 */
export function errorsFailure(connectors: readonly CheckedConnector[], check?: string): PaconnError | undefined {
  const faulty = connectors.filter(({ findings }) => findings.some(({ level }) => level === 'error'));
  const [first] = faulty;
  if (!first) return undefined;
  const which = check === undefined ? '' : " that --fix can't fix";
  const only = connectors.length === 1 ? first.findings.find(({ level }) => level === 'error') : undefined;
  const subject = only
    ? `${only.file} has`
    : `${faulty.length} of ${counted(connectors.length, 'connector')} ${faulty.length === 1 ? 'has' : 'have'}`;
  const hint = check === undefined ? undefined : `Show them with:\n  ${check}`;
  return new PaconnError(`${subject} errors${which}.`, { hint });
}

/** The failure if files can't be read, or folders have no connector. Several connectors can need the same file. */
export function unreadableFailure(errors: readonly FileError[]): FileError | undefined {
  const [first, ...others] = new Map(errors.map((error) => [error.message, error])).values();
  if (!first || others.length === 0) return first;
  const detail = [first, ...others].map(({ message }) => `  ${message}`).join('\n');
  return new FileError(`${others.length + 1} files or folders can't be checked.`, { detail });
}

/** The failure if there are more warnings than allowed. */
export function warningsFailure({ warnings }: Summary, most = Infinity): PaconnError | undefined {
  if (warnings <= most) return undefined;
  return new PaconnError(`${counted(warnings, 'warning')}, but --max-warnings allows ${most}.`);
}

/** The text about connectors without problems. */
export function successWords(connectors: readonly CheckedConnector[]): string {
  const [first] = connectors;
  const subject = connectors.length === 1 && first ? first.shown : counted(connectors.length, 'connector');
  return `${subject} validated successfully.`;
}
