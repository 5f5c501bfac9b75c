/** An example as the reader's shell takes it: on Windows in the form of PowerShell, which has no `NAME=value command` and no `<`. */
export function exampleLine(line: string, system: NodeJS.Platform): string {
  if (system !== 'win32') return `$ ${line}`;
  const [, command = line, file] = /^(.*) < (\S+)$/u.exec(line) ?? [];
  const [, name, value = '', rest = command] = /^([A-Z_]+)=(\S+) (.*)$/u.exec(command) ?? [];
  const set = name === undefined ? '' : `$env:${name} = '${value}'; `;
  return `PS> ${set}${file === undefined ? '' : `Get-Content ${file} | `}${rest}`;
}
