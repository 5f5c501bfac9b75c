import { plainText, type Text } from '../../src/io/terminal/styled-text.ts';
import type { Choice, Question } from '../../src/io/terminal/question.ts';
import type { Terminal, Verbosity } from '../../src/io/terminal/terminal.ts';

/** A terminal for runs in process: keeps what is said, and asks nobody. */
export class ScriptedTerminal implements Terminal {
  readonly interactive = false;
  readonly hasKeys = false;
  readonly verbosity: Verbosity = { onlyErrors: false, verbose: false, debug: false };
  readonly hasLineEnd = false;
  readonly pipesAscii: boolean = false;
  readonly columns = 120;
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];

  readonly print = (text: Text): void => void this.stdout.push(plainText(text));
  readonly printBytes = (bytes: Uint8Array): void => void this.stdout.push(Buffer.from(bytes).toString('latin1'));
  readonly command = (text: string): void => void this.stdout.push(text);
  readonly say = (text: string): void => void this.stdout.push(text);
  readonly report = (text: Text): void => void this.stderr.push(plainText(text));
  readonly note = (text: string): void => void this.stderr.push(text);
  readonly fail = (text: string): void => void this.stderr.push(`Error: ${text}`);
  readonly trace = (): void => undefined;
  readonly withoutSecrets = (text: string): string => text;
  readonly concealGiven = (): void => undefined;
  readonly concealNamed = (): void => undefined;
  readonly conceal = (): void => undefined;
  readonly with = (): Terminal => this;
  readonly during = async <T>(_what: string | (() => string), work: Promise<T>): Promise<T> => await work;
  readonly confirm = async (question: Question): Promise<boolean> => await Promise.reject(unexpected(question));
  readonly ask = async (question: Question): Promise<string> => await Promise.reject(unexpected(question));
  readonly askSecret = async (question: Question): Promise<string> => await Promise.reject(unexpected(question));
  readonly readLine = async (): Promise<string> => await Promise.resolve('');
  readonly readInput = async (): Promise<Uint8Array> => await Promise.resolve(new Uint8Array());
  readonly choose = async <T>(question: Question): Promise<Choice<T>> => await Promise.reject(unexpected(question));
}

function unexpected({ message }: Question): Error {
  return new Error(`Nobody should be asked: ${message}`);
}
