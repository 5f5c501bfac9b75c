import type { Text } from './styled-text.ts';

export interface Choice<T> {
  /** All that line mode shows. */
  readonly label: string;
  readonly value: T;
  /** The text in a menu, if it isn't the label. */
  readonly name?: string;
  /** A dimmed detail in a menu. The filter ignores it. */
  readonly detail?: string | undefined;
}

/** The prompt, and the option that replaces it. */
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
  /** The answer for Enter alone; without it, an answer is required. */
  readonly defaultAnswer?: boolean | undefined;
  /** What the answer `d` shows, before the question comes again. */
  readonly details?: (() => Promise<Text>) | undefined;
}

/** A text that one asks for. */
export interface TextQuestion extends Question {
  /** The answer for Enter alone. */
  readonly defaultAnswer?: string | undefined;
  /** The problem of an answer, if any. */
  readonly problem?: (answer: string) => string | undefined;
}
