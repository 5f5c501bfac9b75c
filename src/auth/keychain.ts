import { InterruptedError, KeychainError } from '../errors.ts';

/** One secret of ours in the keychain of the system. Every function raises {@link KeychainError}. */
export interface Keychain {
  /** Undefined when there is none; a locked keychain can say the same. */
  readonly get: () => Promise<string | undefined>;
  readonly set: (value: string) => Promise<void>;
  readonly delete: () => Promise<void>;
}

/** A keychain that takes longer is locked behind a hidden dialog, or hangs. */
const patience = 3000;

/** If the user sees the dialog, paconn waits for the answer. */
const patienceWithPeople = 60_000;

/** What `keychain-process.ts` ends with when there is no such secret. */
const nothingFound = 3;

export interface KeychainOptions {
  /** Tells our secrets apart: one for each config directory. */
  readonly account: string;
  /** The URL of `keychain-process.ts` as it is built. */
  readonly program: string;
  /** The Node to run, and its environment variables. */
  readonly executable: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Where the system may ask somebody who is there: says that it does. */
  readonly noteQuestion?: (() => void) | undefined;
}

export interface OpenKeychain extends Keychain {
  /** Ends what is still being asked, when no caller waits for it. */
  readonly giveUp: () => void;
}

/**
 * The keychain, asked by a process of its own: a call to a keychain that hangs cannot be given up, and a process that
 * made one cannot even exit. That process can be ended. It takes as long to start as a command does, so whoever knows that
 * the secret will be needed may ask for it beforehand: the answer is kept.
 */
export function openKeychain(given: KeychainOptions): OpenKeychain {
  const end = new AbortController();
  const options = { ...given, signal: AbortSignal.any([given.signal, end.signal]) };
  let problem: unknown;
  let found: Promise<string | undefined> | undefined;
  const ask = async (operation: string, value?: string): Promise<string | undefined> => {
    // One that failed is not waited for again.
    if (problem !== undefined) throw problem;
    try {
      return await run(options, operation, value);
    } catch (error) {
      problem = error;
      throw error;
    }
  };
  return {
    get: async () => await (found ??= ask('get')),
    set: async (value) => {
      found = undefined;
      await ask('set', value);
    },
    delete: async () => {
      found = undefined;
      await ask('delete');
    },
    giveUp: () => end.abort(),
  };
}

async function run(options: KeychainOptions, operation: string, value = ''): Promise<string | undefined> {
  const { account, program, executable, variables, signal, noteQuestion } = options;
  const longest = noteQuestion ? patienceWithPeople : patience;
  const { spawn } = await import('node:child_process');
  const { fileURLToPath } = await import('node:url');
  // Both would only slow its start, or change what it runs.
  const environment = { ...variables, NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: '' };
  if (signal.aborted) throw new InterruptedError();
  return await new Promise((resolve, reject) => {
    const child = spawn(executable, [fileURLToPath(program), operation, account], {
      env: environment,
      windowsHide: true,
    });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    const giveUp = (error: Error): void => {
      reject(error);
      clearTimeout(timer);
      clearTimeout(noting);
      child.kill('SIGKILL');
      // What it may have started must not keep us by holding the other ends.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    const interrupt = (): void => giveUp(new InterruptedError());
    const overdue = (): void => giveUp(new KeychainError(`didn't respond within ${longest / 1000} seconds`));
    const timer = setTimeout(overdue, longest);
    const noting = noteQuestion && setTimeout(noteQuestion, patience);
    signal.addEventListener('abort', interrupt, { once: true });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    child.on('error', (error) => giveUp(new KeychainError("can't be opened", { cause: error })));
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      clearTimeout(noting);
      signal.removeEventListener('abort', interrupt);
      if (exitCode === 0) resolve(Buffer.concat(output).toString('utf8'));
      else if (exitCode === nothingFound) resolve(undefined);
      else
        reject(
          new KeychainError(`can't be used on this computer (${firstLine(complaint) || `exit code ${exitCode}`})`),
        );
    });
    // A process that ends before it has read its input says why when it closes.
    child.stdin.on('error', () => undefined);
    // The secret goes through the pipe: a command line can be read by all users of the computer.
    child.stdin.end(value);
  });
}

function firstLine(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8').trim().split('\n')[0] ?? '';
}
