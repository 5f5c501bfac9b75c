/**
 * Whether a text is what a pattern describes, in which `*` is any characters, or none. Regular expressions try all ways to divide a
 * text between several of them, which takes ages; here only the last one is looked at again.
 *
 * @param single A sign in the pattern that is any one character.
 */
export function matchesWildcard(pattern: string, text: string, single?: string): boolean {
  const [signs, letters] = [Array.from(pattern), Array.from(text)];
  let [sign, letter] = [0, 0];
  /** Behind the last `*`, and where what it leaves begins. */
  let [resume, left] = [0, 0];
  while (letter < letters.length) {
    if (signs[sign] === '*') [resume, left] = [(sign += 1), letter];
    else if (sign < signs.length && (signs[sign] === letters[letter] || signs[sign] === single))
      [sign, letter] = [sign + 1, letter + 1];
    else if (resume > 0) [sign, letter] = [resume, (left += 1)];
    else return false;
  }
  return signs.slice(sign).every((one) => one === '*');
}
