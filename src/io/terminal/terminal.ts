import { FileError, UsageError } from '../../errors.ts';
import { Concealment } from './concealment.ts';
import { renderedText } from './coloured-text.ts';
import type { Dialogue, DialogueOptions } from './dialogue.ts';
import type { Keyboard } from './keyboard.ts';
import { oneSentence } from '../../one-line.ts';
import { withoutInlineCommands, withoutLogCommands } from './log-commands.ts';
import { showProgress } from './progress.ts';
import type { Choice, ChoiceQuestion, Confirmation, Question, TextQuestion } from './question.ts';
import type { Input, Output, Streams } from './streams.ts';
import type { Text } from './styled-text.ts';
import { visible } from './visible.ts';

/** The verbosity in addition to results and errors. */
export interface Verbosity {
  /** Only errors and results; no notes, no progress. */
  readonly onlyErrors: boolean;
  /** One line for each request. */
  readonly verbose: boolean;
  /** Besides, headers of requests, what the sign-in library logs, and stack traces of bugs. */
  readonly debug: boolean;
  /** Whether stdout is for a program: words that would go there go to stderr. */
  readonly dataOnStdout?: boolean;
  /** Whether the data isn't printed. */
  readonly printsNothing?: boolean;
  /** Adds to commands in words for people the options that they need; undefined where none were given. */
  readonly completed?: ((words: string) => string) | undefined;
}

export interface DuringOptions {
  /** After so many milliseconds the words are noted where nothing can be shown. */
  readonly noteAfter?: number;
  /** What the key Enter does meanwhile, where the terminal has keys. */
  readonly onEnter?: (() => void) | undefined;
}

/** Speaks to the user. Nothing it writes holds control characters or a concealed text. */
export interface Terminal {
  /** Whether prompts are possible. */
  readonly interactive: boolean;
  /** Whether single keys can be read, and a list be redrawn. */
  readonly hasKeys: boolean;
  readonly verbosity: Verbosity;
  /** Whether stdout is a terminal, where a line has an end. */
  readonly hasLineEnd: boolean;
  /** Whether stdout is a pipe whose reader takes nothing but ASCII as it is meant. */
  readonly pipesAscii: boolean;
  /** How many characters a line of stdout has. */
  readonly columns: number;
  /** Data, to stdout. */
  readonly print: (text: Text) => void;
  /** A file, to stdout. */
  readonly printBytes: (bytes: Uint8Array) => void;
  /** Lines that the runner of a pipeline is to take for commands, to stdout. */
  readonly command: (text: string) => void;
  /**
   * Words that the user must see to go on, to stdout as in the Python tool unless that is for a program: the device
   * code message, what was chosen.
   */
  readonly say: (text: string) => void;
  /** The result of a run in words, to stderr as in the Python tool. A string is a sentence, and what it quotes is in one line. */
  readonly report: (text: Text) => void;
  /** Something worth knowing, to stderr; silent with `--quiet`. */
  readonly note: (text: string) => void;
  /** Words about a failure, to stderr; the first line is marked. */
  readonly fail: (text: string) => void;
  /** A line for `--verbose`, to stderr. */
  readonly trace: (text: string) => void;
  /**
   * Waits for the work while a terminal shows what is going on. Words that change are asked for again and again.
   */
  readonly during: <T>(what: string | (() => string), work: Promise<T>, options?: DuringOptions) => Promise<T>;
  /** Raises `CanceledError` when the user cancels, as all questions do. */
  readonly confirm: (question: Confirmation) => Promise<boolean>;
  /** One of the choices: with arrow keys where the terminal has them, where the only one isn't asked for; else by number or name. */
  readonly choose: <T>(question: ChoiceQuestion, choices: readonly Choice<T>[]) => Promise<Choice<T>>;
  /** Asks for a text, until it is without a problem. */
  readonly ask: (question: TextQuestion) => Promise<string>;
  /** Asks for a text that is not shown while it is typed. */
  readonly askSecret: (question: Question) => Promise<string>;
  /** The first line of stdin. */
  readonly readLine: () => Promise<string>;
  /** All of stdin. Raises `FileError` when it has more bytes than this. */
  readonly readInput: (most: number) => Promise<Uint8Array>;
  /** From now on this text is shown as `***`, wherever it comes from: for what cannot be a part of anything else. */
  readonly conceal: (secret: string) => void;
  /** The same for a secret that the user chose: one that could be a word of something else is hidden only in bugs. */
  readonly concealGiven: (secret: string) => void;
  /** The same for one behind its name and an equals sign, where only that may be hidden. */
  readonly concealNamed: (name: string, secret: string) => void;
  /** What a bug has thrown, with every secret hidden in it. */
  readonly withoutSecrets: (text: string) => string;
  /** The same terminal, saying more or less. */
  readonly with: (verbosity: Verbosity) => Terminal;
}

const quiet: Verbosity = { onlyErrors: false, verbose: false, debug: false };

/** Whether colours are shown; automatic is where a stream is a terminal that has them. */
export type Colours = 'automatic' | 'always' | 'never';

/** What the environment variables NO_COLOR and FORCE_COLOR ask for; the latter is the stronger one, as in Node. */
export function chosenColours(variables: Readonly<Record<string, string | undefined>>): Colours {
  const { FORCE_COLOR: forced, NO_COLOR: none } = variables;
  if (forced !== undefined) return forced === '0' || forced === 'false' ? 'never' : 'always';
  return none ? 'never' : 'automatic';
}

/**
 * Whether lines may change while one looks at them: not in the records of a build, whose terminal nobody watches, nor for a
 * screen reader or a script. A terminal without a name is one on Windows only.
 */
export function isAnimated(
  { CI, TERM, ACCESSIBLE, PACONN_PROMPT }: Readonly<Record<string, string | undefined>>,
  platform: string,
): boolean {
  const isPlain = TERM === 'dumb' || (TERM === undefined && platform !== 'win32');
  return !CI && !ACCESSIBLE && PACONN_PROMPT !== 'line' && !isPlain;
}

export interface Appearance {
  readonly colours?: Colours;
  readonly animated?: boolean;
  /** Whether a runner takes some lines for commands. */
  readonly hasLogCommands?: boolean;
  /** Whether pipes are for ASCII: on Windows PowerShell and cmd read them by an old code page. */
  readonly pipesAscii?: boolean;
}

/** In fewer columns a list with names and details can't be read. */
const narrowestMenu = 40;

/** Columns of a line where nobody knows how many there are. */
const defaultColumns = 120;

/** The terminal over the streams of a process, each of which is opened when it is first used. */
export function createTerminal(
  streams: Streams,
  signal: () => AbortSignal,
  { colours = 'automatic', animated = true, hasLogCommands = false, pipesAscii = false }: Appearance = {},
): Terminal {
  let keyboard: Promise<Keyboard> | undefined;
  const openKeyboard = async (): Promise<Keyboard> => {
    const { Keyboard } = await import('./keyboard.ts');
    return new Keyboard(streams.stdin);
  };
  return terminalOver(
    {
      streams,
      signal,
      colours,
      animated,
      hasLogCommands,
      pipesAscii,
      concealment: new Concealment(),
      keyboard: () => (keyboard ??= openKeyboard()),
    },
    quiet,
  );
}

interface TerminalParts {
  readonly streams: Streams;
  readonly signal: () => AbortSignal;
  readonly colours: Colours;
  readonly animated: boolean;
  readonly hasLogCommands: boolean;
  readonly pipesAscii: boolean;
  readonly concealment: Concealment;
  /** One for all questions of a run: what is typed ahead waits in it. */
  readonly keyboard: () => Promise<Keyboard>;
}

function terminalOver(parts: TerminalParts, verbosity: Verbosity): Terminal {
  const { streams, signal, colours, animated, hasLogCommands, concealment } = parts;
  const { completed = (words) => words } = verbosity;
  // Questions go to stdout as in the Python tool; when that is a pipe, stderr is still in sight.
  const asked = (): Output => (streams.stdout.isTTY ? streams.stdout : streams.stderr);
  const isInteractive = (): boolean => streams.stdin.isTTY && asked().isTTY;
  // In this order: what is taken out of a text must not bring a secret together.
  const clean = (text: string): string => concealment.apply(visible(text));
  const hasColours = (stream: Output): boolean =>
    colours === 'always' || (colours === 'automatic' && stream.isTTY && stream.hasColors());
  const rendered = (stream: Output, text: Text): string =>
    renderedText(text, { clean, isColoured: hasColours(stream) });
  const write = (stream: Output, text: Text, breakUp = withoutLogCommands): void => {
    const words = rendered(stream, text);
    stream.write(`${hasLogCommands ? breakUp(words) : words}\n`);
  };
  const dialogueOptions = async ({ message, insteadPass }: Question): Promise<DialogueOptions> => {
    if (!isInteractive()) {
      throw new UsageError(`Can't prompt without a terminal: ${clean(message)}`, { hint: `Pass ${insteadPass}.` });
    }
    const output = asked();
    const render = (text: Text): string => rendered(output, text);
    return { keyboard: await parts.keyboard(), output, clean, render, signal: signal() };
  };
  const dialogue = async (question: Question): Promise<Dialogue> => {
    const options = await dialogueOptions(question);
    const { Dialogue } = await import('./dialogue.ts');
    return new Dialogue(options);
  };
  const hasKeys = (): boolean => {
    const { stdin, stdout } = streams;
    return animated && stdout.isTTY && stdout.columns >= narrowestMenu && stdin.setRawMode !== undefined;
  };

  const withEnter = async <T>(onEnter: () => void, work: Promise<T>): Promise<T> => {
    const { whileEnterWorks } = await import('./enter-key.ts');
    return await whileEnterWorks(await parts.keyboard(), onEnter, work);
  };

  return {
    get interactive() {
      return isInteractive();
    },
    get hasKeys() {
      return isInteractive() && hasKeys();
    },
    verbosity,
    get hasLineEnd() {
      return streams.stdout.isTTY;
    },
    get pipesAscii() {
      return parts.pipesAscii && !streams.stdout.isTTY;
    },
    get columns() {
      return (streams.stdout.isTTY && streams.stdout.columns) || defaultColumns;
    },
    print: (text) => {
      if (!verbosity.printsNothing) write(streams.stdout, text);
    },
    printBytes: (bytes) => {
      streams.stdout.write(bytes);
    },
    command: (text) => write(streams.stdout, text, withoutInlineCommands),
    say: (text) => write(verbosity.dataOnStdout ? streams.stderr : streams.stdout, text),
    report: (text) => write(streams.stderr, typeof text === 'string' ? oneSentence(completed(text)) : text),
    note: (text) => {
      if (!verbosity.onlyErrors) write(streams.stderr, oneSentence(completed(text)));
    },
    fail: (text) => write(streams.stderr, [{ text: 'Error:', style: 'error' }, { text: ` ${text}` }]),
    trace: (text) => {
      if (verbosity.verbose || verbosity.debug) write(streams.stderr, text);
    },
    during: async (what, awaited, { noteAfter, onEnter } = {}) => {
      const { stderr } = streams;
      const { onlyErrors, verbose, debug } = verbosity;
      const words = (): string => clean(typeof what === 'string' ? what : what());
      const work = onEnter && isInteractive() && hasKeys() ? withEnter(onEnter, awaited) : awaited;
      if (stderr.isTTY && animated && !onlyErrors && !verbose && !debug) return await showProgress(words, stderr, work);
      if (noteAfter === undefined || onlyErrors) return await work;
      const noting = setTimeout(() => write(stderr, words()), noteAfter);
      try {
        return await work;
      } finally {
        clearTimeout(noting);
      }
    },
    confirm: async (question) => await (await dialogue(question)).confirm(question),
    choose: async (question, choices) => {
      // Line mode asks for the only entry, too: scripts of the Python tool wait for the question.
      if (!hasKeys()) return await (await dialogue(question)).choose(question, choices);
      const [only] = choices;
      if (only && choices.length === 1) return only;
      const options = await dialogueOptions(question);
      const { chooseFromMenu } = await import('./menu.ts');
      return await chooseFromMenu(question, choices, options);
    },
    ask: async (question) => await (await dialogue(question)).ask(question),
    askSecret: async (question) => await (await dialogue(question)).askSecret(question.message),
    readLine: async () => await firstLine(streams.stdin),
    readInput: async (most) => await allBytes(streams.stdin, most),
    conceal: (secret) => concealment.add(secret),
    concealGiven: (secret) => concealment.addGiven(secret),
    concealNamed: (name, secret) => concealment.addNamed(name, secret),
    withoutSecrets: (text) => concealment.applyToAnything(text),
    with: (other) => terminalOver(parts, other),
  };
}

/** In bytes. No secret is longer, and a pipe can have no line end, and no end. */
const longestLine = 1024 * 1024;

/** Without a byte order mark, by which some editors begin a file. */
async function firstLine(stdin: Input): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    chunks.push(bytes);
    length += bytes.length;
    if (bytes.some((byte) => byte === 0x0a || byte === 0x0d)) break;
    if (length > longestLine) throw new FileError('The first line of standard input has more than 1 MB.');
  }
  return new TextDecoder().decode(Buffer.concat(chunks)).split(/[\r\n]/u, 1)[0] ?? '';
}

async function allBytes(stdin: Input, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > most) throw new FileError(`Standard input has more than ${Math.floor(most / 1024 / 1024)} MB.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}
