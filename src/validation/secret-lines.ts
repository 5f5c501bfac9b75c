/** A client secret under its name, however that is spelled, and where its value begins. */
const secretMember = /"client[_-]?secret"\s*:\s*"(?!")/giu;

/** The lines (1-based) of a JSON text in which a client secret stands: nobody should quote them. */
export function secretLines(text: string, lineAt: (offset: number) => number): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { index, 0: found } of text.matchAll(secretMember)) {
    // The value may stand in a line of its own.
    lines.add(lineAt(index)).add(lineAt(index + found.length));
  }
  return lines;
}
