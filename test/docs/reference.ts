import { format } from 'prettier';
import { commandGroups } from '../../src/commands/catalogue.ts';
import { commandReference, globalReference } from '../../src/commands/help.ts';

const columns = 100;

/** Around the part of a document that is made from the program. */
const markers = ['<!-- Made by npm run docs from here -->', '<!-- to here. -->'] as const;

/** The document with the reference of all commands as they are now. */
export async function withReference(document: string): Promise<string> {
  const [start, end] = markers.map((marker) => document.indexOf(marker));
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw new Error(`There is no place for the reference between ${markers.join(' and ')}.`);
  }
  const before = document.slice(0, start + markers[0].length);
  return await format(`${before}\n\n${reference()}\n\n${document.slice(end)}`, { parser: 'markdown', printWidth: 120 });
}

/** The help of all commands; what they have in common is there once. */
function reference(): string {
  const groups = commandGroups.map(({ title, commands }) =>
    [
      `### ${title}`,
      ...commands.map((command) => `#### paconn ${command.name}\n\n${block(commandReference(command, columns))}`),
    ].join('\n\n'),
  );
  return [...groups, '### Every command', block(globalReference(columns))].join('\n\n');
}

function block(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
