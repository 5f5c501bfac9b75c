/** Whether the service takes a text for an email address. */
export function isEmail(text: string): boolean {
  return /^[!-?A-~]+@[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)+$/u.test(text);
}
