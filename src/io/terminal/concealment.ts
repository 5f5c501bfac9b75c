import { visible } from './visible.ts';

/** Texts that must not be shown: tokens and long secrets, as they are and as they look inside JSON or a URL. */
export class Concealment {
  /** By each of their forms, what is shown instead. */
  readonly #secrets = new Map<string, string>();
  readonly #mistakable = new Set<string>();
  /** The texts before the equals sign of secrets. */
  readonly #names = new Set<string>();

  /** A secret that the user chose, perhaps a plain word: it is hidden everywhere only where it can be no other. */
  addGiven(secret: string): void {
    if (isUnmistakable(secret)) this.add(secret);
    else this.#mistakable.add(secret);
  }

  add(secret: string): void {
    for (const form of formsOf(secret).map(visible)) if (form !== '') this.#secrets.set(form, '***');
  }

  /** A secret behind its name and an equals sign, which no other text is, however short it is; a part of it is hidden, too. */
  addNamed(name: string, secret: string): void {
    const names = formsOf(name).map(visible);
    for (const form of names) this.#names.add(form);
    for (const [at, form] of formsOf(`${name}=${secret}`).entries()) {
      this.#secrets.set(visible(form), `${names[at] ?? name}=***`);
    }
  }

  apply(text: string): string {
    // A shared access signature is as good as a password for its blob: hide it wherever a URL shows up.
    let result = text.replaceAll(/((?:[?&;]|u0026|%26|%3f)sig(?:=|%3d))[^&\s"'<>\\]+/giu, '$1***');
    for (const secret of longestFirst(this.#secrets.keys())) {
      result = result.replaceAll(secret, () => this.#secrets.get(secret) ?? '***');
    }
    for (const name of this.#names) {
      result = result.replaceAll(new RegExp(String.raw`(${literalPattern(name)}=)[^\s"'<>\\]+`, 'gu'), '$1***');
    }
    return result;
  }

  /** A text that nobody has chosen, such as the message of a bug: secrets matter more there than words that look like one. */
  applyToAnything(text: string): string {
    const forms = [...this.#mistakable].flatMap(formsOf).filter((form) => form.length >= shortestToHideAnywhere);
    const result = longestFirst(forms).reduce((shown, form) => shown.replaceAll(form, '***'), text);
    return withoutEchoes(result, [...this.#mistakable]);
  }
}

/** Of one or two characters nothing would be left of a sentence. */
const shortestToHideAnywhere = 3;

const shortestUnmistakable = 16;

/**
 * Whether a secret can be hidden wherever it appears. Shorter ones and plain words are parts of IDs, names and sentences:
 * hidden there, they would damage data, and could be guessed from what is missing.
 */
export function isUnmistakable(secret: string): boolean {
  return secret.length >= shortestUnmistakable && /\p{L}/u.test(secret) && /\d/u.test(secret) && !/\s/u.test(secret);
}

/**
 * A text of a server with `***` for the secrets that it was sent, where it repeats them as a value: not inside a longer
 * word, and what could be a word or a number only in quotes, behind an equals sign, or behind words such as "secret".
 */
export function withoutEchoes(text: string, secrets: readonly string[]): string {
  const forms = new Set(secrets.flatMap(formsOf).filter((form) => form !== ''));
  return longestFirst(forms).reduce((shown, form) => shown.replaceAll(echoOf(form), '***'), text);
}

function echoOf(form: string): RegExp {
  const literal = literalPattern(form);
  if (isUnmistakable(form)) return new RegExp(literal, 'gu');
  const whole = String.raw`(?<![\p{L}\p{N}_])${literal}(?![\p{L}\p{N}_])`;
  if (!isWord(form)) return new RegExp(whole, 'gu');
  // A name in quotes with a colon behind it is a member of an object.
  const quoted = ['"', "'", '`'].map((quote) => `(?<=${quote})${literal}(?=\\\\*${quote}(?!\\s*:))`);
  const named = String.raw`(?<=(?:=|(?:secret|password|credential)["']?(?:\s+(?:is|was)\b)?\s*[:=]?\s*))${whole}`;
  return new RegExp([...quoted, named].join('|'), 'giu');
}

/** The regular expression for the flag `u` that matches a text and nothing else; a hyphen must not be escaped for it. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\^$.|?+*()[\]{}/]/gu, String.raw`\$&`);
}

function isWord(text: string): boolean {
  return text.length < 4 || /^(?:[\p{L}\s_-]+|\p{N}+)$/u.test(text);
}

/**
 * A text as it is, in a URL, in a form, in a web page, and in JSON, as several libraries write it: services wrap what they were sent
 * in texts of JSON, several times.
 */
function formsOf(secret: string): readonly string[] {
  const escaped = inJson(secret);
  const careful = escaped.replaceAll(/\\"|[&'+<>`]|\P{ASCII}/gu, escapedUnits);
  const inAscii = escaped.replaceAll(/\P{ASCII}/gu, escapedUnits);
  const inLowerCase = [careful, inAscii].map((text) =>
    text.replaceAll(/\\u[\dA-F]{4}/gu, (unit) => unit.toLowerCase()),
  );
  const written = [secret, escaped.replaceAll('/', String.raw`\/`), careful, inAscii, ...inLowerCase];
  return [...inUrl(secret), ...[...written, ...inPage(secret)].flatMap(wrapped), ...codesOf(secret)];
}

/** The signs that JavaScript, .NET in two ways, and Java leave as they are, of those that need no code in a URL. */
const signsLeft = ["!~*'()", '~', '!*()', '*'];

function inUrl(secret: string): readonly string[] {
  const text = secret.replaceAll(/\p{Surrogate}/gu, '\ufffd');
  const encoded = signsLeft.map((left) =>
    encodeURIComponent(text).replaceAll(/[!~*'()]/gu, (sign) =>
      left.includes(sign) ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  );
  const inPath = encoded.map((form) => form.replaceAll('%2F', '/'));
  return [...encoded, ...inPath, encodeURI(text), encodeURIComponent(encodeURIComponent(text))]
    .flatMap((form) => [form, form.replaceAll(/%[\dA-F]{2}/gu, (code) => code.toLowerCase())])
    .flatMap((form) => [form, form.replaceAll('%20', '+')]);
}

/** What quotation marks and apostrophes are in web pages and in XML. */
const quotations = [
  ['&quot;', '&#39;'],
  ['&quot;', '&#x27;'],
  ['&quot;', '&apos;'],
  ['&#34;', '&#39;'],
  ['"', "'"],
] as const;

function inPage(secret: string): readonly string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return quotations.map(([quotation, apostrophe]) => text.replaceAll('"', quotation).replaceAll("'", apostrophe));
}

/** A long secret in other letters: what a service that repeats it may have made of it, and anybody can undo. */
function codesOf(secret: string): readonly string[] {
  if (secret.length < shortestUnmistakable) return [];
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const base64 = bytes.toString('base64');
  const codes = [base64, base64.replaceAll('=', ''), ...partsInBase64(bytes)].flatMap((code) => [
    code,
    code.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
  const inOtherCase = isUnmistakable(secret) ? [secret.toLowerCase(), secret.toUpperCase()] : [];
  return [...codes, hex, hex.toUpperCase(), ...inOtherCase];
}

/** What base64 of a longer text has for the bytes, as after an ID and a colon: three letters are for three bytes, and any can be first. */
function partsInBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), end);
  });
}

function wrapped(text: string): readonly string[] {
  const once = inJson(text);
  const twice = inJson(once);
  return [text, once, twice, inJson(twice)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As .NET escapes what could mean something in a web page. */
function escapedUnits(match: string): string {
  const units = Array.from({ length: match.length }, (_, index) => match.charCodeAt(index));
  return (match === String.raw`\"` ? [0x22] : units)
    .map((unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`)
    .join('');
}

function longestFirst(texts: Iterable<string>): readonly string[] {
  return [...texts].toSorted((a, b) => b.length - a.length);
}
