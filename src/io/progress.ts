import yoctoSpinner from 'yocto-spinner';

/** Work that ends sooner is not worth a flicker. */
const patience = 300;

/** Waits for the work; meanwhile one line of the terminal says what is going on and for how long. */
export async function showProgress<T>(what: string, stream: NodeJS.WriteStream, work: Promise<T>): Promise<T> {
  const started = Date.now();
  const spinner = yoctoSpinner({ text: what, stream, handleSignals: false });
  const timer = setInterval(() => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    if (!spinner.isSpinning) spinner.start();
    if (seconds > 0) spinner.text = `${what} ${seconds} s`;
  }, patience);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (spinner.isSpinning) spinner.stop();
  }
}
