import * as z from 'zod';
import { parseJson } from '../json/parse.ts';

/**
 * The text of a validation answer, for people: as in the Python tool the quotes around it go, and escaped line ends become
 * real ones; so does everything else that the quotes had to have escaped.
 */
export function serviceFindingsText(answer: string): string {
  const text = unquoted(answer.trim()).replaceAll('\\r\\n', '\n').replaceAll('\r\n', '\n').trim();
  return emptyAnswers.has(text) ? '' : text;
}

/** What an answer without a text can be written as in JSON. */
const emptyAnswers: ReadonlySet<string> = new Set(['null', '[]', '{}']);

function unquoted(text: string): string {
  if (!/^".*"$/su.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // A list in quotes that is no JSON string.
    return text.slice(1, -1);
  }
}

type Level = 'error' | 'warning' | 'info';

/** One problem that the service found. */
export interface ServiceFinding {
  readonly level: Level;
  /** A JSON pointer, `/paths/~1items/get`; empty for the whole document. */
  readonly pointer: string;
  readonly message: string;
  /** The code of the certification policy, where the service names one. */
  readonly policy?: string;
}

/** The response of the service to a validation. */
export interface ServiceFindings {
  readonly findings: readonly ServiceFinding[];
  /** Text without problems, unchanged: `Swagger certification succeeded.` */
  readonly said: string;
  /** Text of no known form that does, as it came. */
  readonly complaint: { readonly level: 'error' | 'warning'; readonly text: string } | undefined;
}

/** A level before a finding, such as `Error : ` and `Critical, Error : `. */
const label = /(?:critical|error|warning|info(?:rmation(?:al)?)?)(?:,\s*\w+){0,20}\s*:\s/iu;

/** The first sentence: `Swagger certification failed with errors. Please validate again after fixing following errors:` */
const heading =
  /^[^\S\n]*(?<sentence>swagger \w+ (?<verdict>succeeded|failed)(?<how> with(?: \w+)? (?:errors?|warnings?)(?: and \w+)?)?[.:]?(?: please [^:\n]*:)?)/imu;

/** Where the first sentence goes on in another line. */
const brokenHeading = /(?<=^[^\S\n]*swagger \w+ (?:succeeded|failed)[^\n]{0,80})\s*\n\s*(?=please [^:\n]{0,200}:)/gimu;

/** `Errors:`, `Warnings (2):`, `Errors: 1`, `2 Warnings` */
const section =
  /^(?=.*[:\d])[^\S\n]*(?:(?<before>\d+)\s+)?(?<level>error|warning|info)\w*\s*(?:\(?(?<within>\d+)\)?\s*)?(?::[^\S\n]*)?(?:\(?(?<after>\d+)\)?)?[^\S\n]*$/imu;

/** The code of a policy before a finding. */
const policyCode = String.raw`(?<policy>5000(?:\.\d+){3})\s*:`;
const startsWithPolicy = new RegExp(String.raw`^\s*${policyCode}`, 'u');

/** The text of a section without problems: `None`, `No warnings found.` */
const nothing =
  /^[-*\s]*(?:none|nothing|0|n\/a|no (?:errors|warnings|problems|issues)(?: (?:were )?found)?)\s*\.?\s*$/iu;

const valuePath = /(?<!\s)\s*\bValuePath:\s*(?<place>\S*?)\.?(?=\s|$)/u;

/** Reads the text of {@link serviceFindingsText}, in all the forms that the service has for it. */
export function parseFindings(text: string): ServiceFindings {
  const listed = listedFindings(text);
  if (listed) return { findings: listed, said: '', complaint: undefined };
  const findings: ServiceFinding[] = [];
  const said: string[] = [];
  const unknown: string[] = [];
  let failure: string | undefined;
  // Of the section, else of the heading: that of messages which have none of their own.
  let level: Level | undefined;
  // Sections that have findings, by their numbers.
  const announced: string[] = [];
  for (const message of messagesIn(text)) {
    const { sentence, verdict, how = '' } = heading.exec(message)?.groups ?? {};
    const { level: sectionLevel, before, within, after } = section.exec(message)?.groups ?? {};
    const finding = nothing.test(message) ? undefined : findingIn(message, level);
    if (sentence !== undefined) {
      const hasFailed = verdict?.toLowerCase() === 'failed';
      if (hasFailed) failure = sentence;
      else said.push(sentence);
      level = hasFailed ? 'error' : /warning/iu.test(how) ? 'warning' : undefined;
    } else if (sectionLevel !== undefined) {
      level = levelOf(sectionLevel);
      if (Number(before ?? within ?? after ?? 0) > 0) announced.push(message);
    } else if (finding) findings.push(finding);
    else if (level === undefined || !nothing.test(message)) unknown.push(message);
  }
  if (findings.length === 0) unknown.push(...announced);
  // Where there are errors, they say that it failed.
  if (failure !== undefined && findings.every((finding) => finding.level !== 'error')) unknown.unshift(failure);
  const rest = unknown.join('\n');
  const badness = badnessOf(rest);
  if (badness === undefined) {
    const isNothing = findings.length + said.length + unknown.length === 0;
    return { findings, said: isNothing ? text : [...said, ...unknown].join('\n'), complaint: undefined };
  }
  return { findings, said: said.join('\n'), complaint: { level: badness, text: rest } };
}

/** The findings of a list in JSON, whose names have any case. */
const listSchema = z
  .array(
    z
      .record(z.string(), z.unknown())
      .transform((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name.toLowerCase(), value])))
      .pipe(z.object({ level: z.string().nullish(), message: z.string(), valuepath: z.string().nullish() })),
  )
  .min(1);

function listedFindings(text: string): readonly ServiceFinding[] | undefined {
  if (!text.startsWith('[')) return undefined;
  const list = listSchema.safeParse(parseJson(text));
  return list.data?.map(({ level, message, valuepath }) => ({
    level: level ? levelOf(level) : (badnessOf(message) ?? 'warning'),
    pointer: toPointer(valuepath ?? ''),
    message: message.trim(),
  }));
}

/** A finding with the code of a policy, up to the mark after it: it can have several lines. */
const policyEntry = /(5000(?:\.\d+){3}\s*:(?:(?!\n\s*5000(?:\.\d+){3}\s*:)[^])*?)[^\S\n]*\|\|##\|\|/gu;

function inOneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ');
}

/** Headings, sections and findings, each with all its lines. */
function messagesIn(text: string): string[] {
  const separate = text
    .replaceAll(/^[^\S\n]*Policy Code:\s*(5000(?:\.\d+){3})\s+Message:\s*/gimu, '$1: ')
    .replaceAll(policyEntry, (_entry, words: string) => `${inOneLine(words)}\n`)
    // What is glued behind a sentence: in words no colon has a space before it.
    .replaceAll(/(?<=[^\s,*\]-])[^\S\n]+(?=(?:Critical|Error|Warning|Info\w*)(?:, \w+)* : )/gu, '\n')
    .replaceAll(brokenHeading, ' ')
    .replaceAll(new RegExp(heading.source, 'gimu'), '$&\n')
    .replaceAll(
      /^([^\S\n]*(?:errors|warnings|infos)\s*(?:\(\d+\)\s*)?:)[^\S\n]+(?=\S)(?!\(?\d+\)?[^\S\n]*$)/gimu,
      '$1\n',
    );
  return separate.split(/\n[^\S\n]*\n/u).flatMap((paragraph) => {
    const messages: string[] = [];
    for (const line of paragraph.split('\n').filter((one) => one.trim() !== '')) {
      const last = messages.at(-1);
      if (last !== undefined && goesOn(last, line)) messages.splice(-1, 1, `${last}\n${line}`);
      else messages.push(line);
    }
    return messages;
  });
}

/** Whether a line belongs to the message before it: it is further in, goes on with a sentence, or has only its place. */
function goesOn(message: string, line: string): boolean {
  const isStart =
    new RegExp(String.raw`^\s*(?:[-*]\s|##\[|${label.source})`, 'iu').test(line) || startsWithPolicy.test(line);
  if (isStart || [heading, section].some((pattern) => pattern.test(message))) return false;
  const isFurtherIn = line.search(/\S/u) > message.search(/\S/u);
  if (valuePath.test(message)) return isFurtherIn && !valuePath.test(line) && !section.test(line);
  const isUnfinished = !/[.!?]\s*$/u.test(message);
  return isFurtherIn || /^\s*ValuePath:/u.test(line) || (isUnfinished && /^\s*\p{Ll}/u.test(line));
}

/** Undefined for a text that has neither a level nor a place. */
function findingIn(message: string, sectionLevel: Level | undefined): ServiceFinding | undefined {
  const line = message.replaceAll(/(?<!\s)\s*\n\s*/gu, ' ').trim();
  const form = new RegExp(
    String.raw`^(?:[-*]\s+)?(?:##\[(?<mark>\w+)\]\s*)?(?<levels>${label.source})?(?<words>.*)$`,
    'iu',
  );
  const { mark, levels = mark, words = '' } = form.exec(line)?.groups ?? {};
  if (startsWithPolicy.test(words)) return ofPolicy(words, levels === undefined ? sectionLevel : levelOf(levels));
  const { place } = valuePath.exec(words)?.groups ?? {};
  const level = levels === undefined ? sectionLevel : levelOf(levels);
  if (level === undefined && place === undefined) return undefined;
  const { pointer, message: told } =
    place === undefined ? placed(words) : { pointer: toPointer(place), message: words.replace(valuePath, '') };
  return { level: level ?? badnessOf(told) ?? 'warning', pointer, message: told.trim() };
}

/** `5000.2.6.2:Message. Path: paths/~1items/get Value: summary`, where only the code and the message must be. */
function ofPolicy(words: string, level: Level = 'error'): ServiceFinding {
  const form = new RegExp(String.raw`^\s*${policyCode}(?<message>.*?)(?:\sPath: (?<place>.*?)(?:\sValue: .*)?)?$`, 'u');
  const { policy = '', message = '', place = '' } = form.exec(words)?.groups ?? {};
  return { level, pointer: toPointer(place.trim()), message: message.trim(), policy };
}

/** `paths/~1items/get : Message.`; without a place there is only a message. */
function placed(words: string): Pick<ServiceFinding, 'pointer' | 'message'> {
  const { place, message } =
    /^(?<place>\S+|[#/]*(?:paths|definitions|parameters|responses)\/.*?) : (?<message>.*\S)/u.exec(words)?.groups ?? {};
  if (place === undefined || message === undefined) return { pointer: '', message: words };
  return { pointer: toPointer(place), message };
}

function levelOf(levels: string): Level {
  if (/error|critical/iu.test(levels)) return 'error';
  return /warning/iu.test(levels) ? 'warning' : 'info';
}

function toPointer(place: string): string {
  const pointer = place.replace(/^#/u, '').replace(/\/$/u, '');
  return pointer === '' || pointer.startsWith('/') ? pointer : `/${pointer}`;
}

const bad = String.raw`(?:errors?|warnings?|fail(?:ed|s|ures?)?|invalid|critical)`;

/** Text that means no problem: `no invalid references`, `failed: 0`, `error-free`. */
const denials = new RegExp(
  [
    String.raw`(?<![\d.,])\b(?:no|0|zero|none|not|without|free (?:of|from))\s+(?:(?!and\b|or\b)\w+\s+)?${bad}(?:\s+(?:and|or)\s+${bad})?\b`,
    String.raw`\b${bad}\s*:\s*(?:0|none|zero)\b(?![.,]\d)`,
    String.raw`\b(?:errors?|warnings?)[- ]free\b`,
  ].join('|'),
  'giu',
);

/** How bad a text is by its own words; undefined where it says nothing bad, as with `0 errors`. */
function badnessOf(text: string): 'error' | 'warning' | undefined {
  const claims = text.replaceAll(denials, '');
  if (/\b(?:errors?|fail(?:ed|s|ures?)?|invalid|not valid|critical)\b/iu.test(claims)) return 'error';
  return /\bwarnings?\b/iu.test(claims) ? 'warning' : undefined;
}

/**
 * What the refusal of a definition says about it: `… errors: 'Definition is not valid. Error: 'Error : info : …''.`, or an
 * answer as above. Undefined for a refusal of another kind.
 */
export function findingsInRefusal(code: string | undefined, message: string): ServiceFindings | undefined {
  const inner = /Definition is not valid\. Error: '(?<inner>.*?)'*\.?$/su.exec(message)?.groups?.['inner'];
  const isOfDefinition = code !== undefined && refusalCodes.has(code);
  const isOfPolicies = /^\s*(?:Policy Code:\s*)?5000(?:\.\d+){3}\b/iu.test(message);
  if (inner === undefined && !isOfDefinition && !isOfPolicies && !heading.test(message)) return undefined;
  const answer = parseFindings(serviceFindingsText(inner ?? message));
  const isExplained = answer.complaint?.level === 'error' || answer.findings.some(({ level }) => level === 'error');
  return isExplained ? answer : { ...answer, said: '', complaint: { level: 'error', text: message } };
}

const refusalCodes: ReadonlySet<string> = new Set([
  'SwaggerCertificationFailedWithErrors',
  'ApiResourceSwaggerInvalid',
]);
