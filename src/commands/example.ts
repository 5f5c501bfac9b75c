/** The shell that an example is for, where it is not the reader's. */
export type ShellOfExample = 'sh' | 'powershell';

/** An example as the reader's shell takes it: on Windows in the form of PowerShell, which has no `NAME=value command` and no `<`. */
export function exampleLine(line: string, system: NodeJS.Platform, shell = readersShell(system)): string {
  if (shell === 'sh') return `$ ${line}`;
  const [, command = line, file] = /^(.*) < (\S+)$/u.exec(line) ?? [];
  const [, name, value = '', rest = command] = /^([A-Z_]+)=(\S+) (.*)$/u.exec(command) ?? [];
  const set = name === undefined ? '' : `$env:${name} = '${value}'; `;
  return `PS> ${set}${file === undefined ? '' : `Get-Content ${file} | `}${rest}`;
}

/** The shell that readers of a system have most likely. */
export function readersShell(system: NodeJS.Platform): ShellOfExample {
  return system === 'win32' ? 'powershell' : 'sh';
}
