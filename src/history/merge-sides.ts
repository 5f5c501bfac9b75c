/**
 * The two texts that git has merged into one, with marks around what both have changed. Undefined for a text without marks.
 */
export function mergeSides(text: string): readonly [ours: string, theirs: string] | undefined {
  const conflict = /^<{7}[^\n]*\n([^]*?)(?:^\|{7}[^\n]*\n[^]*?)?^={7}\r?\n([^]*?)^>{7}[^\n]*(?:\n|$)/gmu;
  const [ours, theirs] = [text.replaceAll(conflict, '$1'), text.replaceAll(conflict, '$2')];
  return ours === text && theirs === text ? undefined : [ours, theirs];
}
