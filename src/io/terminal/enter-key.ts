import { CanceledError } from '../../errors.ts';
import type { Keyboard } from './keyboard.ts';

/** Ctrl+C and Ctrl+D: while single keys are read, no signal comes of them. */
const cancelKeys = /[\u0003\u0004]/u;

/** Waits for the work; meanwhile the key Enter does something, once. Raises {@link CanceledError}. */
export async function whileEnterWorks<T>(keyboard: Keyboard, act: () => void, work: Promise<T>): Promise<T> {
  const keys = keyboard.open();
  let hasActed = false;
  const canceling = new Promise<never>((_resolve, reject) => {
    keys.on('data', (typed: Buffer) => {
      const text = typed.toString();
      if (cancelKeys.test(text)) reject(new CanceledError());
      if (!text.includes('\r') || hasActed) return;
      hasActed = true;
      act();
    });
  });
  keys.setRawMode(true);
  try {
    return await Promise.race([work, canceling]);
  } finally {
    keys.setRawMode(false);
    keys.destroy();
  }
}
