import type { Output } from './streams.ts';

/** Work that ends sooner is not worth a flicker. */
const patience = 300;

/**
 * Waits for the work; meanwhile one line of the terminal says what is going on, and for how long.
 *
 * @param what Asked again and again.
 */
export async function showProgress<T>(what: () => string, stream: Output, work: Promise<T>): Promise<T> {
  const started = performance.now();
  const shown = new AbortController();
  const show = async (): Promise<void> => {
    const { showStatusLine } = await import('./status-line.ts');
    if (!shown.signal.aborted) showStatusLine({ what, started, stream, end: shown.signal });
  };
  const showing = setTimeout(() => void show(), patience);
  try {
    return await work;
  } finally {
    clearTimeout(showing);
    shown.abort();
  }
}
