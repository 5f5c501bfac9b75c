import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../src/commands/catalogue.ts';
import { exampleLine } from '../../src/commands/example.ts';
import { commandHelp } from '../../src/commands/help.ts';

describe('an example', () => {
  test.each([
    ['paconn update', 'PS> paconn update'],
    ['NAME=value paconn update', "PS> $env:NAME = 'value'; paconn update"],
    ['paconn create --secret - < secret.txt', 'PS> Get-Content secret.txt | paconn create --secret -'],
  ])('has the form of PowerShell on Windows: %s', (line, expected) => {
    expect(exampleLine(line, 'win32')).toBe(expected);
    expect(exampleLine(line, 'linux')).toBe(`$ ${line}`);
    expect(exampleLine(line, 'darwin')).toBe(`$ ${line}`);
  });

  test('of no command needs what PowerShell does not have', () => {
    const help = commandDefinitions
      .filter(({ name }) => name !== 'completion')
      .map((definition) => commandHelp(definition, { columns: 100, docsFolder: 'docs', system: 'win32' }))
      .join('\n');
    const lines = help.split('\n').filter((line) => line.startsWith('    PS> '));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => /^ {4}PS> (?:[A-Z_]+=|.* < |.*&&|.*\\$)/u.test(line))).toEqual([]);
  });
});
