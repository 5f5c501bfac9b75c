import { asciiControls } from './ascii-controls.ts';
import { isJsonObject, type PlainJson } from './plain-json.ts';

/** A value as YAML in blocks. Texts that could be taken for something else are quoted as in JSON, of which YAML has all. */
export function yamlOf(value: PlainJson): string {
  return block(value, '').trimStart();
}

/** What follows a colon or a dash: on the same line, or indented below. */
function block(value: PlainJson, indent: string): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `\n${indent}- ${block(item, `${indent}  `).trimStart()}`).join('');
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value);
    return members.map(([name, member]) => `\n${indent}${scalar(name)}:${below(member, indent)}`).join('');
  }
  return scalar(value);
}

function below(member: PlainJson, indent: string): string {
  const text = block(member, `${indent}  `);
  return text.startsWith('\n') ? text : ` ${text}`;
}

/** A letter first, then what has no meaning in YAML. */
const plain = /^[a-z][\w./-]*(?: [\w./-]+)*$/iu;
/** Words that are no texts in one version of YAML or another. */
const reserved = /^(?:null|true|false|yes|no|on|off|y|n)$/iu;

function scalar(value: PlainJson): string {
  const isPlain = typeof value === 'string' && plain.test(value) && !reserved.test(value);
  return isPlain ? value : asciiControls(JSON.stringify(value));
}
