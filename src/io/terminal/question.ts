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

/** A text that one asks for. */
export interface TextQuestion extends Question {
  /** What Enter alone stands for. */
  readonly defaultAnswer?: string | undefined;
  /** What is wrong with an answer, if anything. */
  readonly problem?: (answer: string) => string | undefined;
}
