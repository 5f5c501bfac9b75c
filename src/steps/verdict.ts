import { PaconnError } from '../errors.ts';
import { type CheckedConnector, counted, type Summary } from '../output/report.ts';

/** Raises {@link PaconnError} when a connector has errors. */
export function requireNoErrors(connectors: readonly CheckedConnector[], isDryRun: boolean): void {
  const faulty = connectors.filter(({ findings }) => findings.some(({ level }) => level === 'error'));
  const [first] = faulty;
  if (!first) return;
  const which = isDryRun ? ' that --fix cannot mend' : '';
  const only = connectors.length === 1 ? first.findings.find(({ level }) => level === 'error') : undefined;
  const subject = only ? `${only.file} has` : `${faulty.length} of ${counted(connectors.length, 'connector')} have`;
  throw new PaconnError(`${subject} errors${which}.`);
}

/** Raises {@link PaconnError} when there are more warnings than somebody allows. */
export function requireFewWarnings({ warnings }: Summary, most = Infinity): void {
  if (warnings <= most) return;
  throw new PaconnError(
    `There ${warnings === 1 ? 'is' : 'are'} ${counted(warnings, 'warning')}; --max-warnings allows ${most}.`,
  );
}

/** What is said of connectors with no findings. */
export function successWords(connectors: readonly CheckedConnector[]): string {
  const [first] = connectors;
  const subject = connectors.length === 1 && first ? first.shown : counted(connectors.length, 'connector');
  return `${subject} validated successfully.`;
}
