import { neverSent } from '../../src/validation/check.ts';
import type { Rule } from '../../src/validation/engine/rule.ts';
import { evidence, type SourceKey, sources } from '../../src/validation/knowledge/sources.ts';
import { rules } from '../../src/validation/rules.ts';
import { markdownPage } from './markdown-table.ts';
import { problemWords } from './problem-words.ts';
import { serviceChecks } from './service-checks.ts';

const introduction = `# Rules at error level

An error is something the service rejects, or a file that can't be read. A requirement of only a JSON schema of the connector
repository, a review, or taste is a warning at most. The table lists every rule at error level, with the evidence that the service rejects what it reports: a
documented check of the service's validator (with its name), a specification, a documented limit or requirement, or a rejection that users
reported. If the service accepts a file that has one of these errors, report it as a bug.

Rules that only \`--certification\` reports as errors are in [certification.md](certification.md), with the policy code that certification
rejects them with.`;

/** What paconn itself refuses to upload, whatever the service does with it. */
const local = 'paconn never uploads it: the service would store an unusable file';

/** The document about rules at error level, made from the program. */
export async function errorRulesDocument(): Promise<string> {
  const errors = rules.filter(({ level }) => level === 'error');
  const rows = errors.map((rule) => [`\`${rule.id}\``, problemWords(rule), evidenceOf(rule)]);
  return await markdownPage([introduction, { head: ['Rule', 'Problem', 'Evidence'], rows }]);
}

/** The file with values per environment is paconn's own. */
const ownFile =
  'paconn defines this file, and replaces nothing with an invalid value: [Values per environment](environments.md)';

function evidenceOf({ id, sources: cited }: Rule): string {
  if (id.startsWith('environments-')) return ownFile;
  const shown = cited.flatMap((key) => evidenceIn(key, id));
  return (shown.length > 0 || !neverSent.has(id) ? shown : [local]).join('; ');
}

function evidenceIn(key: SourceKey, id: string): readonly string[] {
  const words = evidence[key];
  if (words === undefined) return [];
  const { title, url } = sources[key];
  const check = key === 'SV' ? serviceChecks[id] : undefined;
  const names =
    check === undefined
      ? ''
      : ` (${check
          .split(', ')
          .map((name) => `\`${name}\``)
          .join(', ')})`;
  return [`${words}${names}: [${title}](${url})`];
}
