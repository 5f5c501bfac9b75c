/** Work that ends sooner is not worth a flicker. */
const patience = 300;

/** Waits for the work; meanwhile one line of the terminal says what is going on, and for how long. */
export async function showProgress<T>(what: string, stream: NodeJS.WriteStream, work: Promise<T>): Promise<T> {
  const started = Date.now();
  const shown = new AbortController();
  const showing = setTimeout(() => void spin(what, started, stream, shown.signal), patience);
  try {
    return await work;
  } finally {
    clearTimeout(showing);
    shown.abort();
  }
}

async function spin(what: string, started: number, stream: NodeJS.WriteStream, end: AbortSignal): Promise<void> {
  const { default: yoctoSpinner } = await import('yocto-spinner');
  if (end.aborted) return;
  const spinner = yoctoSpinner({ text: what, stream, handleSignals: false }).start();
  const timer = setInterval(() => {
    spinner.text = `${what} ${Math.round((Date.now() - started) / 1000)} s`;
  }, 1000);
  end.addEventListener('abort', () => {
    clearInterval(timer);
    spinner.stop();
  });
}
