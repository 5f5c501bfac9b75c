/** Words that are written in capitals. */
const capitals = new Set('id url uri api http https ip uuid guid json xml html csv pdf sql utc sku'.split(' '));

/** The platform cuts longer ones. */
export const longestSummary = 80;

/** `petId` is Pet ID, `filter[created_at]` Filter created at. */
export function wordsOf(name: string): string {
  const words = splitName(name.replace(/^x-(?=.)/iu, '')).map(written);
  const [first = '', ...rest] = words;
  return cutAtWord([capitalized(first), ...rest].join(' '), longestSummary);
}

function splitName(name: string): readonly string[] {
  return name
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .split(/[\s_.[\](){}/\\:$@#-]+/u)
    .filter((word) => word !== '');
}

function written(word: string): string {
  const lowerCase = word.toLowerCase();
  if (capitals.has(lowerCase)) return lowerCase.toUpperCase();
  const singular = lowerCase.endsWith('s') ? lowerCase.slice(0, -1) : '';
  return capitals.has(singular) ? `${singular.toUpperCase()}s` : lowerCase;
}

function capitalized(word: string): string {
  const [first = '', ...rest] = word;
  return `${first.toUpperCase()}${rest.join('')}`;
}

export function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most + 1).replace(/\s+\S*$/u, '');
  return cut.length <= most ? cut : text.slice(0, most);
}

/** The first sentence if it can be a summary, without its full stop. */
export function firstSentence(text: string): string | undefined {
  const [line = ''] = text.trim().split(/[\r\n]/u);
  const sentence = /^.*?(?<!\b(?:e\.g|i\.e|etc|vs))[.!?](?=\s|$)/u.exec(line)?.[0] ?? line;
  const summary = sentence.replace(/\.$/u, '').trim();
  return summary === '' || summary.length > longestSummary || /[/\\<>*%&?]/u.test(summary) ? undefined : summary;
}

/** Each run of letters and digits with a capital, joined. */
export function pascalCase(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? [])
    .map((word) => capitalized(word.replaceAll(/[^A-Za-z0-9]/gu, '')))
    .join('');
}

/** `GET /pets/{petId}/toys` is `GetPetsByPetIdToys`. Only method and path decide, so that the next release has the same. */
export function operationIdFor(method: string, path: string): string {
  const segments = path.replace(/[?#].*$/u, '').split('/');
  const words = segments.map((segment) =>
    segment.replaceAll(/\{([^{}]*)\}/gu, (_, name: string) => `By${pascalCase(name)}`),
  );
  return `${capitalized(method.toLowerCase())}${words.map(pascalCase).join('')}`;
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
