import { certificationDocument } from './certification.ts';
import { commandsDocument, rulesDocument } from './reference.ts';

/** The pages of docs that are made from the program, by their names. */
export const generatedPages: Readonly<Record<string, () => Promise<string>>> = {
  'certification.md': certificationDocument,
  'commands.md': commandsDocument,
  'rules.md': rulesDocument,
};
