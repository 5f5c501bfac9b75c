import { format } from 'prettier';
import { type SchemaCase, schemaCases } from '../validation/schema-cases.ts';
import { disagreements, verdictOf } from '../validation/schema-verdicts.ts';

const tests = 'https://github.com/microsoft/PowerPlatformConnectors/blob/dev/schemas/tests/test_api_properties.py';

/** The document about Microsoft's own tests of its schema, made from the program. */
export async function schemaCasesDocument(): Promise<string> {
  const valid = schemaCases.filter(({ isValid }) => isValid).length;
  const differing = schemaCases.filter((one) => disagreements.some(({ covers }) => covers(one)));
  const introduction = `# Microsoft's schema cases

Microsoft's repository of connectors has a JSON schema for \`apiProperties.json\`, and [tests of it](${tests}) since autumn 2026. paconn is
checked with documents of the same kinds: ${valid} that the schema accepts, and ${schemaCases.length - valid} that it rejects. Documents
that the schema accepts have no error, and documents that it rejects are reported, with the ${differing.length} exceptions below. A schema isn't the service: where the two differ,
paconn follows the service.

A rejected document is usually a warning, because the service accepts it.`;
  const sections = disagreements.map(({ title, reason, covers }) => {
    const rows = schemaCases
      .filter(covers)
      .map((one) => `| ${one.name} | ${schemaWords(one)} | ${verdictOf(one).words} |`);
    return `## ${title}\n\n${reason}\n\n| Document | Schema | paconn |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return await format(`${[introduction, ...sections].join('\n\n')}\n`, { parser: 'markdown', printWidth: 120 });
}

function schemaWords({ isValid }: SchemaCase): string {
  return isValid ? 'valid' : 'invalid';
}
