import { elsewhereIn } from '../../src/output/policy-reference.ts';
import { policies, policiesUrl, type Policy, rulesOf } from '../../src/validation/knowledge/policies.ts';
import type { Rule } from '../../src/validation/engine/rule.ts';
import { rules } from '../../src/validation/rules.ts';
import { markdownPage } from './markdown-table.ts';
import { problemWords } from './problem-words.ts';

const introduction = `# Certification policies

Certification answers with policy codes such as \`5000.2.3.6\`. \`paconn validate --certification\` shows the code with each problem that is
about one, as text, JSON (\`policy\`), SARIF (\`properties.policy\`, and a tag of the rule) and GitHub annotations (in the title).
\`paconn validate --explain 5000.2.3.6\` explains the rules of a policy, and \`--ignore 5000.2.3.6\` leaves them out. With
\`--publisher verified\` or \`--publisher independent\` the rules of that publisher type also count.

The table lists the policies whose text is known, from [Microsoft's list](${policiesUrl}) and from public answers of the
certification team. Rules without a policy have no code. This table wasn't tried with the certification service.

The rules of \`5000.1.1\` that start with \`package-\` check a package: \`paconn package --check ConnectorPackage.zip\`, or
\`paconn validate ConnectorPackage.zip --certification\`.`;

/** The document about certification policies, made from the program. */
export async function certificationDocument(): Promise<string> {
  const rows = policies
    .toSorted((one, other) => compareCodes(one.code, other.code))
    .map((policy) => [policy.code, policy.requires, seenIn(policy), rulesIn(policy)]);
  const long = policies.filter((policy) => rulesOf(policy).length > mostInCell);
  return await markdownPage([
    introduction,
    { head: ['Code', 'Requires', 'Seen in files', 'Rules'], rows },
    ...long.flatMap((policy) => [heading(policy), { head: ['Rule', 'Problem'], rows: problemsIn(policy) }]),
  ]);
}

/** A cell with more rules is too long to read: they have a table of their own. */
const mostInCell = 10;

function heading({ code }: Policy): string {
  return `## Rules of ${code}`;
}

function problemsIn(policy: Policy): readonly (readonly string[])[] {
  return rulesOf(policy)
    .toSorted()
    .map((id) => [`\`${id}\``, problemWords(ruleCalled(id))]);
}

function ruleCalled(id: string): Rule {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`A policy names the rule ${id}, which doesn't exist.`);
  return rule;
}

/** By their numbers: 5000.2.6.10 comes after 5000.2.6.9. */
function compareCodes(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function seenIn(policy: Policy): string {
  if (rulesOf(policy).length === 0) return 'no';
  return policy.elsewhere === undefined ? 'yes' : 'partly';
}

function rulesIn(policy: Policy): string {
  const ids = rulesOf(policy);
  if (ids.length > mostInCell) return `[${ids.length} rules](#rules-of-${policy.code.replaceAll('.', '')})`;
  return ids.length > 0 ? ids.map((id) => `\`${id}\``).join(', ') : (elsewhereIn(policy) ?? '');
}
