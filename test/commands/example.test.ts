import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../src/commands/catalogue.ts';
import { exampleLine } from '../../src/commands/example.ts';
import { completionCommand } from '../../src/commands/completion.ts';
import { commandHelp, programHelp } from '../../src/commands/help.ts';

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
    const layout = { columns: 100, docsFolder: 'docs', system: 'win32' } as const;
    const help = commandDefinitions.map((definition) => commandHelp(definition, layout)).join('\n');
    const lines = help.split('\n').filter((line) => line.startsWith('    PS> '));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => /^ {4}PS> (?:[A-Z_]+=|.* < |.*&&|.*\\$|.*~\/)/u.test(line))).toEqual([]);
  });

  test('of another shell has its form on every system', () => {
    for (const system of ['win32', 'linux'] as const) {
      const help = commandHelp(completionCommand, { columns: 100, docsFolder: 'docs', system });
      expect(help).toContain(`    $ echo 'eval "$(paconn completion bash)"' >> ~/.bashrc\n`);
      expect(help).toContain("    PS> Add-Content $PROFILE 'paconn completion powershell | Out-String | iex'");
    }
  });

  test('of the first steps has the form of the system', () => {
    const layout = { columns: 100, docsFolder: 'docs' };
    expect(programHelp([], { ...layout, system: 'win32' })).toContain('\n  PS> paconn login ');
    expect(programHelp([], { ...layout, system: 'linux' })).toContain('\n  $ paconn login ');
  });
});
