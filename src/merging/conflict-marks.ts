/** Lines as git writes them around what both sides have changed: nothing that reads JSON takes them for a part of it. */
export const conflictMarks = { ours: '<<<<<<< local', between: '=======', theirs: '>>>>>>> environment' } as const;

/** The line, from 1 on, of the first mark in a text, whoever wrote it; undefined for a text without one. */
export function firstMarkedLine(text: string): number | undefined {
  const mark = /^(?:<{7}|>{7})(?=\s|$)/mu.exec(text);
  return mark ? text.slice(0, mark.index).split('\n').length : undefined;
}
