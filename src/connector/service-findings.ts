/**
 * What a validation answered, for people: as in paconn the quotes around it go, and escaped line ends become real ones; so
 * does all else that the quotes had to have escaped.
 */
export function findingsText(answer: string): string {
  return unquoted(answer.trim()).replaceAll('\\r\\n', '\n').replaceAll('\r\n', '\n').trim();
}

function unquoted(text: string): string {
  if (!/^".*"$/su.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // A list in quotes that is no JSON string.
    return text.slice(1, -1);
  }
}

/** Whether there is more than warnings in it. A text that is not understood is taken for the worse. */
export function hasErrors(text: string): boolean {
  const levels = text
    .split('\n')
    .flatMap((line) => /^\s*(?:[-*]\s*)?(warning|error|critical)\b/iu.exec(line)?.[1] ?? []);
  return levels.length === 0 || levels.some((level) => level.toLowerCase() !== 'warning');
}

/** One line of what a validation answered. */
export interface ServiceFinding {
  readonly level: 'error' | 'warning' | 'info';
  /** A JSON pointer, `/paths/~1items/get`; empty for the whole document. */
  readonly pointer: string;
  readonly message: string;
}

export interface ServiceFindings {
  readonly findings: readonly ServiceFinding[];
  /** What was not understood, as it came. */
  readonly rest: string;
}

/** Such as `Error : paths/~1items/get/responses : message` and `Critical, Error : …`. */
const findingLine =
  /^\s*(?:[-*]\s*)?(?<levels>(?:critical|error|warning|info(?:rmation(?:al)?)?)(?:,\s*\w+)*)\s*:\s(?<rest>.*)$/iu;

/** Reads the text of {@link findingsText}. Further lines of a message stay with it. */
export function parseFindings(text: string): ServiceFindings {
  const findings: ServiceFinding[] = [];
  const rest: string[] = [];
  for (const line of text.split('\n')) {
    const finding = parseLine(line);
    if (finding) findings.push(finding);
    else if (line.trim() !== '') rest.push(line);
  }
  return { findings, rest: rest.join('\n') };
}

function parseLine(line: string): ServiceFinding | undefined {
  const { levels, rest } = findingLine.exec(line)?.groups ?? {};
  if (levels === undefined || rest === undefined) return undefined;
  const [place, ...words] = rest.split(/\s:\s/u);
  const message = words.join(' : ').trim();
  // Without a place there is only a message.
  if (place === undefined || message === '') return { level: levelOf(levels), pointer: '', message: rest.trim() };
  return { level: levelOf(levels), pointer: toPointer(place.trim()), message };
}

function levelOf(levels: string): ServiceFinding['level'] {
  if (/error|critical/iu.test(levels)) return 'error';
  return /warning/iu.test(levels) ? 'warning' : 'info';
}

function toPointer(place: string): string {
  const pointer = place.replace(/^#/u, '').replace(/\/$/u, '');
  return pointer === '' || pointer.startsWith('/') ? pointer : `/${pointer}`;
}

/** The findings in the refusal of a definition: `… errors: 'Definition is not valid. Error: 'Error : info : …''.` */
export function findingsInRefusal(message: string): readonly ServiceFinding[] {
  const inner = /Definition is not valid\. Error: '(?<inner>.*?)'*\.?$/su.exec(message)?.groups?.['inner'];
  if (inner === undefined) return [];
  const { findings, rest } = parseFindings(findingsText(inner));
  return rest === '' ? findings : [];
}
