import { certificationDocument } from './certification.ts';
import { errorRulesDocument } from './error-rules.ts';
import { jsonDocument } from './json-results.ts';
import { pictures } from './pictures.ts';
import { schemaCasesDocument } from './schema-cases.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { commandsDocument, rulesDocument } from './reference.ts';

/** The pages and pictures of docs that are made from the program, by their names. */
export const generatedPages: Readonly<Record<string, () => Promise<string>>> = {
  'certification.md': certificationDocument,
  'commands.md': commandsDocument,
  'json.md': jsonDocument,
  'rules.md': rulesDocument,
  'rules-at-error-level.md': errorRulesDocument,
  'schema-cases.md': schemaCasesDocument,
  ...(TerminalSession.isSupported ? pictures : {}),
};
