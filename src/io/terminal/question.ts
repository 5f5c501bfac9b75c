import type { Text } from './styled-text.ts';

export interface Choice<T> {
  /** All that line mode shows. */
  readonly label: string;
  readonly value: T;
  /** What a menu shows, if not the label. */
  readonly name?: string;
  /** What else a menu shows, dimmed: it isn't searched. */
  readonly detail?: string | undefined;
}

/** What one asks for, and how to give it without being asked. */
export interface Question {
  readonly message: string;
  /** What to type when there is no terminal, such as `--environment`. */
  readonly insteadPass: string;
}

/** A question that is answered with one of several choices. */
export interface ChoiceQuestion extends Question {
  /** Whether the choices are few and always the same, so that a menu needs no numbers. */
  readonly isFixed?: boolean;
}

/** A question that is answered with yes or no. */
export interface Confirmation extends Question {
  /** What Enter alone stands for; without it there has to be an answer. */
  readonly defaultAnswer?: boolean | undefined;
  /** What the answer `d` shows, before the question comes again. */
  readonly details?: (() => Promise<Text>) | undefined;
}

/** A text that one asks for. */
export interface TextQuestion extends Question {
  /** What Enter alone stands for. */
  readonly defaultAnswer?: string | undefined;
  /** What is wrong with an answer, if anything. */
  readonly problem?: (answer: string) => string | undefined;
}
