import { describe, expect, test } from 'vitest';
import { commanderArguments } from '../../src/commands/argv.ts';
import { commandDefinitions } from '../../src/commands/catalogue.ts';
import { commandOptions } from '../../src/commands/command-options.ts';
import { UsageError } from '../../src/errors.ts';

function canonical(...argv: readonly string[]): string[] {
  return commanderArguments(argv);
}

describe('an option and its value are understood', () => {
  test.each([
    ['apart', '-e|X', '--environment=X'],
    ['apart, by the long name', '--env|X', '--environment=X'],
    ['joined by =', '--env=X', '--environment=X'],
    ['joined by = behind the short name', '-e=X', '--environment=X'],
    ['joined to the short name', '-eX', '--environment=X'],
    ['by the beginning of the name', '--en|X', '--environment=X'],
    ['by the beginning of the name, joined', '--api-d=X', '--api-definition=X'],
    ['by a name that is the beginning of no other', '--pau|X', '--power-apps-url=X'],
    ['with _ for -', '--api_prop|X', '--api-properties=X'],
    ['as the training page writes two of them', '-settings|X|-secret|Y', '--settings=X|--client-secret=Y'],
    ['as the training page writes two of them, joined', '-settings=X|-secret=Y', '--settings=X|--client-secret=Y'],
    ['however many there are', '-eX|-c|Y|--pav=Z', '--environment=X|--connector=Y|--power-apps-api-version=Z'],
    ['when it is there twice', '-r|X|--secret=Y', '--client-secret=X|--client-secret=Y'],
    ['with another short name in it', '-exyz', '--environment=xyz'],
    ['by the readable name', '--environment|X|--connector=Y', '--environment=X|--connector=Y'],
    ['by the beginning of the readable name', '--envir|X|--conn=Y', '--environment=X|--connector=Y'],
    ['by readable names of files', '--api-definition|X|--api-proper=Y', '--api-definition=X|--api-properties=Y'],
    ['by the readable name of a secret', '--client-s|X|--client-secret=Y', '--client-secret=X|--client-secret=Y'],
    ['by the readable name of a URL', '--power-apps-u|X', '--power-apps-url=X'],
  ])('%s', (_what, given, expected) => {
    expect(canonical('update', ...given.split('|'))).toEqual(['update', ...expected.split('|')]);
  });

  test.each([
    ['empty', ''],
    ['with =', 'a=b==c'],
    ['with spaces', 'my secret value'],
    ['with line ends', 'one\ntwo\r\n'],
    ['a lone dash', '-'],
    ['a negative number', '-42'],
    ['a negative fraction', '-.5'],
    ['with a dash inside', 'a-b--c'],
    ['beyond ASCII', 'pässwörd 日本'],
  ])('with any value: %s', (_what, value) => {
    const expected = ['update', `--client-secret=${value}`];
    for (const given of [
      ['--secret', value],
      [`--secret=${value}`],
      ['-r', value],
      [`-r=${value}`],
      ['-secret', value],
    ]) {
      expect(canonical('update', ...given)).toEqual(expected);
    }
  });

  test.each(['-x', '--debug', '--', '-abc def', '--secret', '-s3cret = x'])(
    'joined to its option a value may look like another option: %s',
    (value) => {
      expect(canonical('update', `--secret=${value}`)).toEqual(['update', `--client-secret=${value}`]);
      expect(canonical('update', `-r${value}`)).toEqual(['update', `--client-secret=${value}`]);
    },
  );

  test('apart from its option a text with spaces is a value, unless it can be an option', () => {
    expect(canonical('update', '--env', '-q uery')).toEqual(['update', '--environment=-q uery']);
    expect(canonical('update', '--env', '-x files')).toEqual(['update', '--environment']);
    expect(canonical('update', '--env', '--cid=my connector')).toEqual(['update', '--environment']);
  });

  test.each([
    ['login', '-i|X|-r|Y', '--client-id=X|--resource=Y'],
    ['login', '--authority-url|X', '--authority-url=X'],
    ['login', '--authority_url|X', '--authority-url=X'],
    ['login', '--auth=X', '--authority-url=X'],
    ['download', '-d|X|-v|Y|-w', '--output-dir=X|--power-apps-api-version=Y|--overwrite'],
    ['create', '-d|X|-i|Y|-r|Z|-w', '--api-definition=X|--icon=Y|--client-secret=Z|--overwrite-settings'],
    ['create', '--overwrite', '--overwrite-settings'],
    ['update', '--remove', '--remove-script'],
    ['login', '--cl|X', '--client-id=X'],
    ['login', '--client-id|X|--client-secret|-', '--client-id=X|--client-secret=-'],
    ['download', '--out|json', '--output=json'],
    ['download', '--output-d|X', '--output-dir=X'],
    ['update', '--only|-n', '--quiet|--dry-run'],
    ['delete', '-y', '--yes'],
    ['diff', '--to-env|X|--to-cid|Y', '--to-environment=X|--to-connector=Y'],
  ])('by the names that %s has: %s', (command, given, expected) => {
    expect(canonical(command, ...given.split('|'))).toEqual([command, ...expected.split('|')]);
  });
});

describe('an option that is true or false', () => {
  test.each([
    ['--force', '--force'],
    ['-f', '--force'],
    ['--force|true', '--force=true'],
    ['--force=false', '--force=false'],
    ['-f|false', '--force=false'],
    ['-ffalse', '--force=false'],
    ['-f=false', '--force=false'],
    ['--fo|-t|X', '--force|--tenant=X'],
    ['--force|-settings|X', '--force|--settings=X'],
    ['--verbose|--debug', '--verbose|--debug'],
  ])('%s', (given, expected) => {
    expect(canonical('login', ...given.split('|'))).toEqual(['login', ...expected.split('|')]);
  });
});

describe('short options written together', () => {
  const refusal = (first: string): UsageError =>
    new UsageError(`${first} can be followed directly only by true, false, or options without a value.`, {
      hint: 'Separate the options with spaces.',
    });

  const pairs = commandDefinitions.flatMap((definition) => {
    const options = commandOptions(definition).filter(({ short }) => short !== undefined);
    const switches = options.filter(({ optional }) => optional);
    return switches.map((first) => [definition.name, first, options.filter((option) => option !== first)] as const);
  });

  test.each(pairs.map(([name, first, others]) => [name, first.short ?? '', first.long, others] as const))(
    '%s %s: each letter is an option, and none is the value of another',
    (name, short, long, others) => {
      const together = (other: { readonly short?: string | undefined }): string => `${short}${other.short?.slice(1)}`;
      const withValue = others.filter(({ required }) => required);
      expect(withValue.length).toBeGreaterThan(0);
      for (const other of withValue) expect(() => canonical(name, together(other), 'X')).toThrow(refusal(short));
      for (const other of others.filter(({ optional }) => optional)) {
        expect(canonical(name, together(other))).toEqual([name, long, other.long]);
      }
      expect(canonical(name, `${short}h`)).toEqual([name, long, '--help']);
      expect(canonical(name, `${short}true`)).toEqual([name, `${long}=true`]);
      expect(canonical(name, `${short}False`)).toEqual([name, `${long}=False`]);
    },
  );

  test.each([
    ['however many', 'deploy|-ynq|pets', 'deploy|--yes|--dry-run|--quiet|--|pets'],
    ['and the last one may have a value behind it', 'deploy|-yn|false', 'deploy|--yes|--dry-run=false'],
    ['in front of the command', '-qh|update', 'update|--quiet|--help'],
    ['not behind the mark', 'deploy|--|-yn', 'deploy|--|-yn'],
  ])('%s', (_what, given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });

  test.each(['-no', '-nno', '-noff', '-n0', '-nN', '-yes', '-yz', '-yn=false', '-yrhush'])(
    '%s is refused, and not quoted',
    (given) => {
      expect(() => canonical('deploy', given)).toThrow(refusal(given.slice(0, 2)));
    },
  );
});

describe('options of all commands', () => {
  test.each([
    ['before the command', '--verbose|update|-e|X', 'update|--verbose|--environment=X'],
    ['before the command, with a value', '-o|json|update|-e|X', 'update|--output=json|--environment=X'],
    ['before the command, with a value joined', '-ojson|--query=x|update', 'update|--output=json|--query=x'],
    ['before the command, by the beginning of their name', '--out|json|update', 'update|--output=json'],
    ['on both sides', '--debug|update|--verbose', 'update|--debug|--verbose'],
    ['behind the command', 'update|-o|json', 'update|--output=json'],
    ['with a value that is the name of a command', '-o|login|update', 'update|--output=login'],
  ])('may stand %s', (_what, given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });
});

describe('a question about the tool itself', () => {
  test.each([
    ['-v', 'help|--version'],
    ['--version', 'help|--version'],
    ['-v|update', 'update|--version'],
    ['--debug|--version|update', 'update|--debug|--version'],
    ['update|--version', 'update|--version'],
    ['update|--ver', 'update|--verbose'],
    ['update|-v|2020', 'update|--power-apps-api-version=2020'],
    ['update|-h', 'update|--help'],
    ['-h|update', 'update|--help'],
    ['help|update', 'help|update'],
    ['help|updat', 'updat'],
  ])('%s', (given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });

  test.each(['', 'help', 'help|help', 'help|--debug'])('%j asks for help', (given) => {
    expect(canonical(...given.split('|').filter(Boolean))).toEqual(['help']);
  });

  test.each([
    ['--help', 'help|--help'],
    ['-h', 'help|--help'],
    ['--debug', 'help|--debug'],
  ])('%j asks for help, too', (given, expected) => {
    expect(canonical(given)).toEqual(expected.split('|'));
  });
});

describe('arguments are separated from options', () => {
  test.each([
    ['update|stray|-e|X', 'update|--environment=X|--|stray'],
    ['update|-e|X|stray', 'update|--environment=X|--|stray'],
    ['update|-e|X|--|-c|Y', 'update|--environment=X|--|-c|Y'],
    ['update|--nonsense with a space', 'update|--|--nonsense with a space'],
    ['update|-', 'update|--|-'],
    ['update|-e|X|--', 'update|--environment=X'],
  ])('%s', (given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });
});

describe('a command line ends with the first mistake, for commander to report', () => {
  test.each([
    ['an option that the command does not have', 'update|--nonsense|--env|X', 'update|--nonsense'],
    ['the same, without its value', 'update|--nonsense=hush', 'update|--nonsense'],
    ['a short option that it does not have', 'update|-Zhush', 'update|-Z…'],
    ['an option of another command', 'download|--secret|hush', 'download|--secret'],
    ['a secret that is written right behind its option', 'update|--secrethush', 'update|--secret…'],
    ['the same behind its readable name', 'update|--client-secrethush', 'update|--client-secret…'],
    ['a training page option of another command', 'login|-secret|hush', 'login|--secret'],
    ['what would be a number', 'validate|-1x', 'validate|-1…'],
    ['an option whose value is missing', 'update|--verbose|--env', 'update|--verbose|--environment'],
    ['an option that another one follows', 'update|-e|-c|X', 'update|--environment'],
    ['a value that looks like an option', 'update|--secret|-abc', 'update|--client-secret'],
    ['a command that there is not', 'upload|--secret|hush', 'upload'],
    ['an option before the command that only the command has', '--secret|hush|update', '--secret'],
    ['the same behind a mark that says nothing there', '--|--secret|hush|update', '--secret'],
  ])('%s', (_what, given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });
});

describe('a command line is refused', () => {
  test.each([
    ['for a beginning of several names', 'update|--api|X', '--api could be --api-properties or --api-definition.'],
    [
      'for a beginning of several names, joined',
      'update|--pa=X',
      '--pa could be --power-apps-url or --power-apps-api-version.',
    ],
    ['for a value where there can be none', 'update|--help=X', "--help doesn't accept a value."],
  ])('%s', (_what, given, message) => {
    expect(() => canonical(...given.split('|'))).toThrow(new UsageError(message));
  });
});

test('words for completion stay unchanged', () => {
  expect(canonical('complete', 'zsh', '=--o', 'update', '--env')).toEqual([
    'complete',
    '--',
    'zsh',
    '=--o',
    'update',
    '--env',
  ]);
});
