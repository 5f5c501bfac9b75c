import { describe, expect, test } from 'vitest';
import { commanderArguments } from '../../src/commands/argv.ts';
import { UsageError } from '../../src/errors.ts';

function canonical(...argv: readonly string[]): string[] {
  return commanderArguments(argv);
}

describe('an option and its value are understood', () => {
  test.each([
    ['apart', '-e|X', '--env=X'],
    ['apart, by the long name', '--env|X', '--env=X'],
    ['joined by =', '--env=X', '--env=X'],
    ['joined by = behind the short name', '-e=X', '--env=X'],
    ['joined to the short name', '-eX', '--env=X'],
    ['by the beginning of the name', '--en|X', '--env=X'],
    ['by the beginning of the name, joined', '--api-d=X', '--api-def=X'],
    ['by a name that is the beginning of no other', '--pau|X', '--pau=X'],
    ['with _ for -', '--api_prop|X', '--api-prop=X'],
    ['as the training page writes two of them', '-settings|X|-secret|Y', '--settings=X|--secret=Y'],
    ['as the training page writes two of them, joined', '-settings=X|-secret=Y', '--settings=X|--secret=Y'],
    ['however many there are', '-eX|-c|Y|--pav=Z', '--env=X|--cid=Y|--pav=Z'],
    ['when it is there twice', '-r|X|--secret=Y', '--secret=X|--secret=Y'],
    ['with another short name in it', '-exyz', '--env=xyz'],
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
  ])('whatever the value is: %s', (_what, value) => {
    const expected = ['update', `--secret=${value}`];
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
      expect(canonical('update', `--secret=${value}`)).toEqual(['update', `--secret=${value}`]);
      expect(canonical('update', `-r${value}`)).toEqual(['update', `--secret=${value}`]);
    },
  );

  test('apart from its option a text with spaces is a value, unless it can be an option', () => {
    expect(canonical('update', '--env', '-q uery')).toEqual(['update', '--env=-q uery']);
    expect(canonical('update', '--env', '-x files')).toEqual(['update', '--env']);
    expect(canonical('update', '--env', '--cid=my connector')).toEqual(['update', '--env']);
  });

  test.each([
    ['login', '-i|X|-r|Y', '--clid=X|--resource=Y'],
    ['login', '--authority-url|X', '--authority_url=X'],
    ['login', '--authority_url|X', '--authority_url=X'],
    ['login', '--auth=X', '--authority_url=X'],
    ['download', '-d|X|-v|Y|-w', '--dest=X|--pav=Y|--overwrite'],
    ['create', '-d|X|-i|Y|-r|Z|-w', '--api-def=X|--icon=Y|--secret=Z|--overwrite-settings'],
    ['create', '--overwrite', '--overwrite-settings'],
    ['update', '--remove', '--remove-script'],
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

describe('options of all commands', () => {
  test.each([
    ['before the command', '--verbose|update|-e|X', 'update|--verbose|--env=X'],
    ['before the command, with a value', '-o|json|update|-e|X', 'update|--output=json|--env=X'],
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
    ['update|-v|2020', 'update|--pav=2020'],
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

describe('what is no option is kept apart from options', () => {
  test.each([
    ['update|stray|-e|X', 'update|--env=X|--|stray'],
    ['update|-e|X|stray', 'update|--env=X|--|stray'],
    ['update|-e|X|--|-c|Y', 'update|--env=X|--|-c|Y'],
    ['update|--nonsense with a space', 'update|--|--nonsense with a space'],
    ['update|-', 'update|--|-'],
    ['update|-e|X|--', 'update|--env=X'],
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
    ['a training page option of another command', 'login|-secret|hush', 'login|--secret'],
    ['what would be a number', 'validate|-1x', 'validate|-1…'],
    ['an option whose value is missing', 'update|--verbose|--env', 'update|--verbose|--env'],
    ['an option that another one follows', 'update|-e|-c|X', 'update|--env'],
    ['a value that looks like an option', 'update|--secret|-abc', 'update|--secret'],
    ['a command that there is not', 'upload|--secret|hush', 'upload'],
    ['an option before the command that only the command has', '--secret|hush|update', '--secret'],
    ['the same behind a mark that says nothing there', '--|--secret|hush|update', '--secret'],
  ])('%s', (_what, given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });
});

describe('a command line is refused', () => {
  test.each([
    ['for a beginning of several names', 'update|--api|X', 'The option --api could be --api-prop or --api-def.'],
    ['for a beginning of several names, joined', 'update|--pa=X', 'The option --pa could be --pau or --pav.'],
    ['for a value where there can be none', 'update|--help=X', 'The option --help takes no value.'],
  ])('%s', (_what, given, message) => {
    expect(() => canonical(...given.split('|'))).toThrow(new UsageError(message));
  });
});

test('what a shell asks about stays as it is', () => {
  expect(canonical('complete', 'zsh', '=--o', 'update', '--env')).toEqual([
    'complete',
    '--',
    'zsh',
    '=--o',
    'update',
    '--env',
  ]);
});
