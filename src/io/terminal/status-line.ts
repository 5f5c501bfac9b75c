import yoctoSpinner from 'yocto-spinner';
import type { Output } from './streams.ts';
import { elapsedTime } from './elapsed-time.ts';
import { shortenedToColumns } from './width.ts';

export interface StatusLineOptions {
  readonly what: () => string;
  /** On the clock of `performance`. */
  readonly started: number;
  readonly stream: Output;
  /** Takes the line away. */
  readonly end: AbortSignal;
}

/** How often the words are asked for, in milliseconds; the spinner turns faster. */
const interval = 250;
/** Longer lines are not read, and one that a narrowed window breaks in two leaves a piece behind. */
const mostColumns = 100;
/** The spinner, a space, and the last column, after which some terminals begin a new line. */
const taken = 3;

/** Shows one line until the end, however many lines are written above it meanwhile. */
export function showStatusLine({ what, started, stream, end }: StatusLineOptions): void {
  const words = (): string => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const columns = Math.min(stream.columns || mostColumns, mostColumns) - taken;
    return statusWords(what(), seconds, columns);
  };
  const spinner = yoctoSpinner({ text: words(), stream, handleSignals: false }).start();
  const renew = (): void => {
    spinner.text = words();
  };
  const timer = setInterval(renew, interval);
  stream.on('resize', renew);
  end.addEventListener('abort', () => {
    clearInterval(timer);
    stream.off('resize', renew);
    spinner.stop();
  });
}

/** The words and the time, in no more than so many columns: what is left out of the words is their end. */
export function statusWords(what: string, seconds: number, columns: number): string {
  const time = seconds === 0 ? '' : ` ${elapsedTime(seconds)}`;
  const words = shortenedToColumns(what.replaceAll(/\s+/gu, ' '), columns - time.length);
  return `${words}${time}`.slice(0, Math.max(columns, 0));
}
