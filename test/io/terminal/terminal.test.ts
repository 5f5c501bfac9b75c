import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTerminal, isAnimated } from '../../../src/io/terminal/terminal.ts';
import { withoutEchoes } from '../../../src/io/terminal/concealment.ts';
import { visible } from '../../../src/io/terminal/visible.ts';
import { BundledProgram } from '../../support/bundled-program.ts';
import { MemoryOutput } from '../../support/memory-output.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';
import { type Order, takeSteps } from './terminal-steps.ts';

let program: BundledProgram;

beforeAll(async () => {
  program = await BundledProgram.create(fileURLToPath(new URL('terminal-user.ts', import.meta.url)));
});

afterAll(async () => await program[Symbol.asyncDispose]());

type Steps = Order['steps'];

const said = ['print', 'say', 'report', 'note', 'fail', 'trace'] as const;

const quiet = { onlyErrors: false, verbose: false, debug: false };

function order(steps: Steps, verbosity: Partial<typeof quiet> = {}): Order {
  return { steps, verbosity: { ...quiet, ...verbosity } };
}

/** What comes to stdout and stderr when they are no terminals. */
async function outcome(steps: Steps, verbosity: Partial<typeof quiet> = {}): Promise<string[]> {
  const [stdout, stderr] = [new MemoryOutput(), new MemoryOutput()];
  const stdin = Object.assign(Readable.from([]), { isTTY: false });
  const { signal } = new AbortController();
  await takeSteps(
    order(steps, verbosity),
    createTerminal({ stdin, stdout, stderr }, () => signal),
  );
  return [stdout.text, stderr.text];
}

/** The same of a process, which ends by itself. */
async function outcomeOfProcess(steps: Steps, stdin: string): Promise<string[]> {
  const running = program.start(JSON.stringify(order(steps)));
  running.endInput(stdin);
  const { stdout, stderr } = await running.finished;
  return [stdout, stderr];
}

/** What is shown of a text after secrets were concealed. */
async function shown(text: string, ...secrets: readonly string[]): Promise<string> {
  const [stdout = ''] = await outcome([
    ...secrets.map((secret): Steps[number] => ['conceal', secret]),
    ['print', text],
  ]);
  return stdout.replace(/\n$/, '');
}

describe('a text is shown without control sequences:', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['moves of the cursor', 'a\u001b[2Jb\u001b[1;1Hc\u001b[Kd', 'abcd'],
    ['an escape sequence in one character', 'a\u009b31mb', 'ab'],
    ['a link', '\u001b]8;;https://evil.example/x\u0007click\u001b]8;;\u0007', 'click'],
    ['a link that ends otherwise', '\u001b]8;;https://evil.example/x\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a lone escape', 'a\u001b', 'a'],
    ['what begins in one line and ends in another', 'a\u009db\nc\nd\u009ce', 'ab\nc\nde'],
    ['a link over several lines', 'a\u001b]8;;b\nc\u0007d', 'a8;;b\ncd'],
    ['returns to the beginning of the line', 'evil\rgood', 'evilgood'],
    ['backspaces', 'evil\b\b\b\bgood', 'evilgood'],
    ['bells and other controls', 'a\u0000\u0007\u000b\u000c\u007fb', 'ab'],
    ['controls beyond ASCII', 'a\u0080\u0085\u009fb', 'ab'],
    ['marks of direction', 'a\u202eb\u2066c\u2069d\u200ee\u200ff\u061cg\u202ch', 'abcdefgh'],
    ['signs without width', 'a\u200bb\u00adc\u2060d\ufeffe\u180ef\u2061g\u206ah', 'abcdefgh'],
    ['text in tags', 'a\u{e0068}\u{e0069}b🏴\u202ec', 'ab🏴c'],
  ])('%s', (_what, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test.each([
    ['lines and tabs', 'a\n\tb\n'],
    ['letters of all kinds', 'é 日本 😀 👩‍👩‍👧 שלום'],
    ['what joins letters', 'می\u200cخواهم क\u094d\u200dष ❤\ufe0f'],
    ['flags of regions', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!'],
    ['brackets', '[31m ]8;; {}'],
    ['nothing', ''],
  ])('%s stay', (_what, text) => {
    expect(visible(text)).toBe(text);
  });

  test('Windows line ends are line ends', () => {
    expect(visible('a\r\nb\r\n')).toBe('a\nb\n');
  });

  test('no control character and no mark of direction is left of any text', () => {
    const dangerous = fc.constantFrom(
      '\u001b',
      '\u009b',
      '[',
      ']',
      '8',
      ';',
      'm',
      '\u0007',
      '\\',
      '\r',
      '\n',
      '\u202e',
      '\u200b',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(dangerous).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(visible(given)).not.toMatch(
          /[^\P{Cc}\n\t]|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a secret is shown as ***', () => {
  test.each([
    ['as it is', 'error: s3cret!', 's3cret', 'error: ***!'],
    ['however often it is there', 's3cret s3crets3cret', 's3cret', '*** ******'],
    ['as it looks in JSON', String.raw`{"clientSecret":"a\"b\\c"}`, 'a"b\\c', '{"clientSecret":"***"}'],
    ['as it looks in JSON in JSON', String.raw`{"m":"{\"s\":\"a\\\"b\"}"}`, 'a"b', String.raw`{"m":"{\"s\":\"***\"}"}`],
    ['as it looks in a URL', 'https://h/?secret=a%2Bb%2F%3D%26%C3%A9', 'a+b/=&é', 'https://h/?secret=***'],
    ['with patterns of all kinds in it', 'x.*$&(a|b)[c]\\x', '.*$&(a|b)[c]\\', 'x***x'],
    ['with control characters between its letters', 's3\u0007cr\u001b[1met', 's3cret', '***'],
    ['with control characters of its own', 'the \u0007s3\u001b[1mcret', '\u0007s3\u001b[1mcret', 'the ***'],
    ['with several lines', 'one\r\ntwo', 'one\r\ntwo', '***'],
    ['with half a letter in it', 'a\ud800b', 'a\ud800b', '***'],
    ['with a space in front', ' s3cret', ' s3cret', '***'],
  ])('%s', async (_what, text, secret, expected) => {
    expect(await shown(text, secret)).toBe(expected);
  });

  test('and of two overlapping ones, the longer one is masked', async () => {
    expect(await shown('abc abcdef', 'abc', 'abcdef')).toBe('*** ***');
  });

  test.each(['', '\u0007'])('unless nothing is to be seen of it: %j', async (secret) => {
    expect(await shown('text', secret)).toBe('text');
  });

  test('in every kind of output', async () => {
    const says = said.map((step): Steps[number] => [step, 'the s3cret']);
    expect(await outcome([['conceal', 's3cret'], ...says], { verbose: true })).toEqual([
      'the ***\nthe ***\n',
      'the ***\nthe ***\nError: the ***\nthe ***\n',
    ]);
  });
});

describe('a secret that the user chose', () => {
  test.each([
    ['a-b.c', 'never a-b.c of xa-b.cx', 'Error: never *** of x***x'],
    ['name', "reading 'name' of names", "Error: reading '***' of ***s"],
    ['s', 'this is "s"', 'Error: this is "***"'],
    ['s3cret-that-is-long', 'a s3cret-that-is-long', 'Error: a ***'],
  ])('is hidden in what a bug throws: %j', async (secret, text, expected) => {
    const [, stderr] = await outcome([
      ['concealGiven', secret],
      ['withoutSecrets', text],
    ]);
    expect(stderr).toBe(`${expected}\n`);
  });

  test("and elsewhere only if it can't be part of other text", async () => {
    const [stdout] = await outcome([
      ['concealGiven', 'name'],
      ['concealGiven', 's3cret-that-is-long'],
      ['print', 'the name of s3cret-that-is-long'],
    ]);
    expect(stdout).toBe('the name of ***\n');
  });

  test.each([
    ['JSON of .NET', String.raw`S3cr\u002Bet\u0026 \u0022a\u0027\u003Cb/\u00E9`],
    ['JSON in lower case', String.raw`S3cr\u002bet\u0026 \u0022a\u0027\u003cb/\u00e9`],
    ['JSON with slashes', String.raw`S3cr+et& \"a'<b\/é`],
    ['JSON in JSON', String.raw`S3cr\\u002Bet\\u0026 \\u0022a\\u0027\\u003Cb/\\u00E9`],
    ['a web page', 'S3cr+et&amp; &quot;a&#39;&lt;b/é'],
  ])('is hidden where a server repeats it in %s', (_what, form) => {
    expect(withoutEchoes(`it is ${form}.`, [`S3cr+et& "a'<b/é`])).toBe('it is ***.');
  });

  test.each([
    ['base64', 'SHVudGVyMi1vZi1Db250b3NvPz8+Pj4='],
    ['base64 of a URL', 'SHVudGVyMi1vZi1Db250b3NvPz8-Pj4'],
    ['hexadecimal digits', '48756e746572322d6f662d436f6e746f736f3f3f3e3e3e'],
    ['hexadecimal digits', '48756E746572322D6F662D436F6E746F736F3F3F3E3E3E'],
    ['lower case', 'hunter2-of-contoso??>>>'],
    ['upper case', 'HUNTER2-OF-CONTOSO??>>>'],
  ])('is hidden where a server repeats it in %s', async (_what, form) => {
    const secret = 'Hunter2-of-Contoso??>>>';
    expect(withoutEchoes(`it is ${form}.`, [secret])).toBe('it is ***.');
    expect(await shown(`it is ${form}.`, secret)).toBe('it is ***.');
  });

  // With a space, an umlaut, and all that libraries write in different ways.
  const many = `Zq8+x/Other~=0815 KtLm&"q\\z<Tü'!`;
  test.each([
    ['JavaScript', encodeURIComponent(many)],
    ['JavaScript, without the signs of URLs', encodeURI(many)],
    ['.NET', 'Zq8%2Bx%2FOther~%3D0815%20KtLm%26%22q%5Cz%3CT%C3%BC%27%21'],
    ['Python', 'Zq8%2Bx/Other~%3D0815%20KtLm%26%22q%5Cz%3CT%C3%BC%27%21'],
    ['JavaScript in two URLs', encodeURIComponent(encodeURIComponent(many))],
    ['older .NET', 'Zq8%2bx%2fOther%7e%3d0815+KtLm%26%22q%5cz%3cT%c3%bc%27!'],
    ['Java', 'Zq8%2Bx%2FOther%7E%3D0815+KtLm%26%22q%5Cz%3CT%C3%BC%27%21'],
    ['JSON in ASCII', String.raw`Zq8+x/Other~=0815 KtLm&\"q\\z<T\u00fc'!`],
    ['JSON in JSON', JSON.stringify(JSON.stringify(many)).slice(3, -3)],
    ['XML', `Zq8+x/Other~=0815 KtLm&amp;&quot;q\\z&lt;Tü&apos;!`],
    ['the text of XML', `Zq8+x/Other~=0815 KtLm&amp;"q\\z&lt;Tü'!`],
    ['a web page of Go', `Zq8+x/Other~=0815 KtLm&amp;&#34;q\\z&lt;Tü&#39;!`],
    ['base64', Buffer.from(many).toString('base64')],
    ['hexadecimal digits', Buffer.from(many).toString('hex')],
  ])('is hidden as %s writes it', (_what, form) => {
    expect(withoutEchoes(`it is "${form}"`, [many])).toBe('it is "***"');
  });

  test.each(['', 'i', 'id', 'id:', '{"clientSecret":"'])('is hidden in base64 behind %j', async (before) => {
    const secret = 'Hunter2-of-Contoso??>>>';
    for (const code of ['base64', 'base64url'] as const) {
      const repeated = Buffer.from(`${before}${secret}"}`).toString(code);
      const edges = Math.floor((before.length * 4) / 3) + 1;
      const result = await shown(repeated, secret);
      expect(result).toContain('***');
      expect(withoutEchoes(repeated, [secret])).toBe(result);
      expect(result.length).toBeLessThanOrEqual(edges + '***'.length + 4);
    }
  });

  test('is hidden where a server repeats it, whatever characters it has', () => {
    const words = fc.stringMatching(/^[aZ9~\-_.!*()[\]{}|^$+?/\\'"`# =é]+$/u);
    fc.assert(
      fc.property(words, (secret) => {
        fc.pre(/[^*]/u.test(secret));
        const repeated = `the secret is "${secret}"`;
        expect(withoutEchoes(repeated, [secret])).not.toContain(repeated);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the signature of a shared access signature is shown as ***', () => {
  test.each([
    [
      'in the middle of a URL',
      'https://b/c/i.png?sv=1&sig=a%2Bb%3D&se=2 is it',
      'https://b/c/i.png?sv=1&sig=***&se=2 is it',
    ],
    ['at the beginning of a query', 'https://b/c?sig=abc', 'https://b/c?sig=***'],
    ['in upper case', 'https://b/c?SIG=abc', 'https://b/c?SIG=***'],
    ['in JSON', '{"iconUri":"https://b/c?sv=1&sig=abc"}', '{"iconUri":"https://b/c?sv=1&sig=***"}'],
    [
      'in JSON that escapes more than it must',
      String.raw`"https://b/c?sv=1\u0026sig=abc"`,
      String.raw`"https://b/c?sv=1\u0026sig=***"`,
    ],
    ['in XML', '<Uri>https://b/c?sv=1&amp;sig=abc</Uri>', '<Uri>https://b/c?sv=1&amp;sig=***</Uri>'],
    [
      'in a URL in a URL',
      'https://h/?u=https%3A%2F%2Fb%3Fsv%3D1%26sig%3Dabc',
      'https://h/?u=https%3A%2F%2Fb%3Fsv%3D1%26sig%3D***',
    ],
  ])('%s', async (_what, text, expected) => {
    expect(await shown(text)).toBe(expected);
  });

  test('but words that end in sig are not one', async () => {
    expect(await shown('design=1 ?design=2')).toBe('design=1 ?design=2');
  });
});

describe('output goes', () => {
  const all = said.map((step): Steps[number] => [step, step]);

  test.each([
    ['to stdout when it is data or needed to go on, else to stderr', {}, 'report\nnote\nError: fail\n'],
    ['nowhere when it is a note and only errors are asked for', { onlyErrors: true }, 'report\nError: fail\n'],
    ['to stderr when it is a trace and one is asked for', { verbose: true }, 'report\nnote\nError: fail\ntrace\n'],
    [
      'to stderr when it is a trace and all that helps is asked for',
      { debug: true },
      'report\nnote\nError: fail\ntrace\n',
    ],
  ])('%s', async (_what, verbosity, stderr) => {
    expect(await outcome(all, verbosity)).toEqual(['print\nsay\n', stderr]);
  });
});

describe('without a terminal', () => {
  test.each(['confirm', 'askSecret', 'choose'] as const)('a question is an error: %s', async (step) => {
    expect(await outcome([[step, 'Overwrite?']])).toEqual([
      '',
      "Error: UsageError: Can't prompt without a terminal: Overwrite?\n",
    ]);
  });

  test('work continues silently', async () => {
    expect(await outcome([['during', 'Working']])).toEqual(['worked\n', '']);
  });

  test.each([
    ['the line without its end', 's3cret\nmore\n', 's3cret'],
    ['the line without its end as on Windows', 's3cret\r\nmore', 's3cret'],
    ['all there is without a line end', 's3cret', 's3cret'],
    ['spaces and quotes too', '  "s3cret" \n', '  "s3cret" '],
    ['an empty line', '\ns3cret', ''],
    ['nothing', '', ''],
    ['letters beyond ASCII', 'pässwörd 日本\n', 'pässwörd 日本'],
    ['no byte order mark', '\ufeffs3cret\n', 's3cret'],
  ])('the first line of stdin is read: %s', async (_what, stdin, line) => {
    expect(await outcomeOfProcess([['readLine', '']], stdin)).toEqual([`${JSON.stringify(line)}\n`, '']);
  });

  test('the first line of stdin is enough to go on and to end, though more may come', async () => {
    const running = program.start(JSON.stringify(order([['readLine', '']])));
    running.type('s3cret\nmore');
    expect(await running.finished).toEqual({ exitCode: 0, stdout: '"s3cret"\n', stderr: '' });
  });

  test('the first line of a file is read, too', async () => {
    await using directory = await TemporaryDirectory.create();
    const file = directory.join('secret.txt');
    await writeFile(file, 's3cret\nmore\n');
    const { stdout, stderr } = await program.startReading(file, JSON.stringify(order([['readLine', '']]))).finished;
    expect([stdout, stderr]).toEqual(['"s3cret"\n', '']);
  });
});

test('an empty CI is none: single keys and lists that are redrawn need a person', () => {
  const isShown = (variables: Readonly<Record<string, string>>): boolean =>
    isAnimated({ TERM: 'xterm', ...variables }, 'linux');
  expect([isShown({}), isShown({ CI: '' }), isShown({ CI: 'true' }), isShown({ CI: '1' })]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
