import { format } from 'prettier';
import { commandGroups } from '../../src/commands/catalogue.ts';
import { commandReference, globalReference } from '../../src/commands/help.ts';
import { ruleReference } from '../../src/output/rule-reference.ts';

const columns = 100;

/** Around the part of a document that is made from the program. */
const markers = ['<!-- Made by npm run docs from here -->', '<!-- to here. -->'] as const;

/** The document with the list of all commands as they are now. */
export async function withCommands(document: string): Promise<string> {
  const [start, end] = markers.map((marker) => document.indexOf(marker));
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw new Error(`There is no place for the commands between ${markers.join(' and ')}.`);
  }
  const before = document.slice(0, start + markers[0].length);
  return await markdown(`${before}\n\n${commandTable()}\n\n${document.slice(end)}`);
}

/** The page about all commands: their help, with the options of every command once. */
export async function commandsDocument(): Promise<string> {
  const groups = commandGroups.map(({ title, commands }) =>
    [
      `## ${title}`,
      ...commands.map((command) => `### paconn ${command.name}\n\n${block(commandReference(command, columns))}`),
    ].join('\n\n'),
  );
  const introduction = [
    'Usage and options of every command, as `paconn <command> --help` shows them.',
    'On macOS and Linux, `man paconn-deploy` shows the same for `deploy`, after an installation with `--global`.',
  ].join(' ');
  return await markdown(
    ['# Commands', introduction, ...groups, '## Every command', block(globalReference(columns))].join('\n\n'),
  );
}

/** The page about all rules of `paconn validate`. */
export async function rulesDocument(): Promise<string> {
  const text = ruleReference('markdown');
  if (typeof text !== 'string') throw new Error('The rules in Markdown are text without style.');
  return await markdown(text);
}

function commandTable(): string {
  const rows = commandGroups.flatMap(({ commands }) =>
    commands.map(({ name, description }) => `| [\`${name}\`](docs/commands.md#paconn-${name}) | ${description} |`),
  );
  return ['| Command | Purpose |', '| --- | --- |', ...rows].join('\n');
}

async function markdown(text: string): Promise<string> {
  return await format(text, { parser: 'markdown', printWidth: 120 });
}

function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
