// The language of man pages, in the part that groff and mandoc share.

const characters: Readonly<Record<string, string>> = {
  '\\': String.raw`\e`,
  // A hyphen could become a dash, or the place of a line break: options are copied from man pages.
  '-': String.raw`\-`,
  "'": String.raw`\(aq`,
  '"': String.raw`\(dq`,
  '`': String.raw`\(ga`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
};

/** Text that appears as it is written. */
export function escaped(text: string): string {
  const safe = text.replaceAll(/[^ -~\n]|[-\\'"`^~]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return characters[character] ?? `\\[u${code}]`;
  });
  // A dot at the start of a line would be a request.
  return safe.replaceAll(/^\./gmu, String.raw`\&.`);
}

export function bold(text: string): string {
  return String.raw`\fB${escaped(text)}\fR`;
}

function italic(text: string): string {
  return String.raw`\fI${escaped(text)}\fR`;
}

/** What is typed as it is, what is replaced, and links of Markdown, of which the text stays. */
const marked =
  /`(?<code>[^`]+)`|\[(?<link>[^\]]+)\]\([^)]+\)|<(?<placeholder>[^<>\s]+)>|(?<option>(?<![\w-])--?[a-z][\w-]*)/gu;

/** Prose of help and of Markdown, with options in bold and placeholders in italics. */
export function prose(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { 0: whole, index, groups = {} } of text.matchAll(marked)) {
    const { code, link, placeholder, option } = groups;
    parts.push(escaped(text.slice(end, index)));
    if (placeholder !== undefined) parts.push(italic(placeholder));
    else parts.push(link === undefined ? bold(code ?? option ?? '') : escaped(link));
    end = index + whole.length;
  }
  return [...parts, escaped(text.slice(end))].join('');
}
