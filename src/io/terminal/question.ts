export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** What one asks for, and how to give it without being asked. */
export interface Question {
  readonly message: string;
  /** What to type when there is no terminal, such as `--env`. */
  readonly insteadPass: string;
}

/** A question that is answered with yes or no. */
export interface Confirmation extends Question {
  /** What Enter alone stands for; without it there has to be an answer. */
  readonly defaultAnswer?: boolean | undefined;
}

/** A text that one asks for. */
export interface TextQuestion extends Question {
  /** What Enter alone stands for. */
  readonly defaultAnswer?: string | undefined;
  /** What is wrong with an answer, if anything. */
  readonly problem?: (answer: string) => string | undefined;
}
