import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalArguments } from '../../src/commands/argv.ts';
import { commandOption, globalOptions, type OptionName } from '../../src/commands/options.ts';
import { PaconnError, UsageError } from '../../src/errors.ts';

const target = ['environment', 'connectorId', 'powerAppsUrl', 'powerAppsApiVersion', 'settingsFile'] as const;
const files = ['apiProperties', 'apiDefinition', 'icon', 'script', 'clientSecret'] as const;

const own: readonly (readonly [command: string, options: readonly OptionName[]])[] = [
  ['login', ['clientId', 'tenant', 'authorityUrl', 'resource', 'settingsFile', 'force']],
  ['logout', []],
  ['download', [...target, 'destination', 'overwrite']],
  ['create', [...target, ...files, 'overwriteSettings']],
  ['update', [...target, ...files, 'removeScript']],
];

const globals = globalOptions.map((name) => commandOption(name));
const commands = new Map(
  own.map(([name, options]) => [name, [...options.map((option) => commandOption(option)), ...globals]]),
);

function canonical(...argv: readonly string[]): string[] {
  return canonicalArguments(argv, commands, globals);
}

/** The words of the refusal, hint and all. */
function refusal(...argv: readonly string[]): string {
  try {
    return `accepted: ${canonical(...argv).join(' ')}`;
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint].join(' ');
    throw error;
  }
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
    expect(refusal('update', '--env', '-x files')).toMatch(/^The option --env needs a value\./);
    expect(refusal('update', '--env', '--cid=my connector')).toMatch(/^The option --env needs a value\./);
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
    ['-v', '--version'],
    ['--version', '--version'],
    ['-v|update', '--version'],
    ['--debug|--version|update', '--version'],
    ['update|--version', '--version'],
    ['update|-v|2020', 'update|--pav=2020'],
    ['update|-h', 'update|--help'],
    ['-h|update', 'update|--help'],
    ['help|update', 'update|--help'],
  ])('%s', (given, expected) => {
    expect(canonical(...given.split('|'))).toEqual(expected.split('|'));
  });

  test.each(['', 'help', '--help', '-h', 'help|help', 'help|--debug', '--debug'])('%j asks for help', (given) => {
    expect(canonical(...given.split('|').filter(Boolean)).filter((argument) => argument !== '--help')).toEqual([]);
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

describe('a command line is refused', () => {
  test.each([
    ['for an option it does not have', 'update|--nonsense', 'There is no option --nonsense here.'],
    ['for a short option it does not have', 'update|-Z', 'There is no option -Z here.'],
    ['for an option of another command', 'download|--secret|X', 'There is no option --secret here.'],
    ['for a secret that is written right behind its option', 'update|--secretX', 'There is no option --secret… here.'],
    ['for a training page option of another command', 'login|-secret|X', 'There is no option -secret here.'],
    ['for a beginning of several names', 'update|--api|X', 'The option --api could be --api-prop or --api-def.'],
    ['for a beginning of several names, joined', 'update|--pa=X', 'The option --pa could be --pau or --pav.'],
    ['for an option whose value is missing', 'update|--env', 'The option --env needs a value.'],
    ['for an option that another one follows', 'update|-e|-c|X', 'The option -e needs a value.'],
    ['for a value that looks like an option', 'update|--secret|-abc', 'The option --secret needs a value.'],
    ['for a value where there can be none', 'update|--help=X', 'The option --help takes no value.'],
    ['for a command that there is not', 'upload', "There is no command 'upload'."],
    ['for an option before the command that only the command has', '-e|X|update', 'There is no option -e here.'],
  ])('%s', (_what, given, message) => {
    expect(refusal(...given.split('|'))).toMatch(new RegExp(`^${message.replaceAll('.', '\\.')} `));
  });

  test('with a hint how to write a value that begins with a dash', () => {
    expect(refusal('update', '-r', '-abc')).toContain('--secret=VALUE');
  });
});

test('no error ever holds a value: it may be a secret', () => {
  const secret = fc.string({ minLength: 6, unit: 'grapheme' }).filter((text) => /\w{3}/u.test(text));
  const spelling = fc.constantFrom<(value: string) => string[]>(
    (value) => ['--secret', value],
    (value) => ['-secret', value],
    (value) => ['--secr', value],
    (value) => ['-r', value],
    (value) => [`--secret=${value}`],
    (value) => [`-secret=${value}`],
    (value) => [`-r${value}`],
    (value) => [`-r=${value}`],
    (value) => [`--secret${value}`],
    (value) => [`--secret ${value}`],
  );
  const dash = fc.constantFrom('', '-', '--', '=', '- ');
  const others = fc.constantFrom([], ['--nonsense'], ['-Z'], ['--env'], ['-e', 'X'], ['--api=X'], ['stray'], ['--']);
  const names = fc.constantFrom(...commands.keys());
  fc.assert(
    fc.property(names, others, spelling, dash, secret, others, (name, before, spell, start, value, after) => {
      let said = '';
      try {
        canonical(name, ...before, ...spell(start + value), ...after);
      } catch (error) {
        said = error instanceof PaconnError ? JSON.stringify([error.message, error.hint, error]) : String(error);
      }
      expect(said).not.toContain(value);
    }),
    { numRuns: 3000 },
  );
});
