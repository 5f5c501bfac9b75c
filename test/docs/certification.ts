import { format } from 'prettier';
import { elsewhereIn } from '../../src/output/policy-reference.ts';
import { policies, policiesUrl, type Policy, rulesOf } from '../../src/validation/knowledge/policies.ts';

const introduction = `# Certification policies

Certification answers with policy codes such as \`5000.2.3.6\`. \`paconn validate --certification\` shows the code with each problem that is
about one, as text, JSON (\`policy\`), SARIF (\`properties.policy\`, and a tag of the rule) and GitHub annotations (in the title).
\`paconn validate --explain 5000.2.3.6\` explains the rules of a policy, and \`--ignore 5000.2.3.6\` leaves them out. With
\`--publisher verified\` or \`--publisher independent\` the rules of that publisher type also count.

The table lists the policies whose text is known, from [Microsoft's list](${policiesUrl}) and from public answers of the
certification team. Rules without a policy have no code. Nothing here was tried with the certification service. The solution package isn't checked.`;

/** The document about certification policies, made from the program. */
export async function certificationDocument(): Promise<string> {
  const head = '| Code | Requires | Rules | Not seen in files |\n| --- | --- | --- | --- |';
  const rows = policies.map(
    (policy) => `| ${policy.code} | ${policy.requires} | ${rulesIn(policy)} | ${elsewhereIn(policy) ?? ''} |`,
  );
  return await format(`${introduction}\n\n${head}\n${rows.join('\n')}\n`, { parser: 'markdown', printWidth: 120 });
}

function rulesIn(policy: Policy): string {
  const rules = rulesOf(policy).map((rule) => `\`${rule}\``);
  return rules.length > 0 ? rules.join(', ') : "can't be seen in files";
}
