/** Whether a path is a file only while a command runs, such as `/dev/fd/63` and what comes from the standard input. */
export function isPassingPath(path: string): boolean {
  return /^\/(?:dev|proc)\//u.test(path);
}
