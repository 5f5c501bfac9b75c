import { isMapOfNames } from './reach.ts';
import { pathOf, type SourceNode, sourceText } from './source.ts';

/** Keywords and other names of the format on the way to a schema: none of them says what the schema is about. */
const keywords = new Set(
  (
    'schema items additionalProperties allOf oneOf anyOf not if then else prefixItems ' +
    'patternProperties content contains propertyNames dependentSchemas type enum required'
  ).split(' '),
);

/** What users call a schema: the property, component, parameter, or response that it belongs to. */
export function schemaName(node: SourceNode): string {
  for (let at: SourceNode = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isMapOfNames(parent) && parent.name !== 'patternProperties') return at.name;
    if (parent.name === 'responses' || at.name === 'default') return `response ${at.name}`;
    if (at.name === 'requestBody') return 'body';
    const name = at.kind === 'object' && at.members.has('in') ? sourceText(at.members.get('name')) : undefined;
    if (name !== undefined) return name;
    const isNamed = !keywords.has(at.name) && parent.kind === 'object' && parent.name !== 'content';
    if (isNamed) return at.name;
  }
  return 'the document';
}

/** A name for a schema that isn't a component: of a component with what is below it, else the last name on the way. */
export function madeName(node: SourceNode): string {
  const path = pathOf(node);
  const [root, section, component = ''] = path;
  if (root === 'components' && section === 'requestBodies' && path.length === 6) return `${component}Body`;
  const names = path.filter((step, index) => !keywords.has(step) && !/^\d+$/u.test(step) && !mapAt(path, index));
  const last = names.at(-1);
  if (last === undefined) return fileName(node.file.url);
  const isInComponent = path[0] === 'components' && path[1] === 'schemas' && names.length > 1;
  if (!isInComponent) return last;
  return `${path[2] ?? ''}${last.slice(0, 1).toUpperCase()}${last.slice(1)}`;
}

function mapAt(path: readonly string[], index: number): boolean {
  const step = path[index] ?? '';
  return ['properties', '$defs', 'definitions', 'components', 'schemas'].includes(step) && index < path.length - 1;
}

function fileName(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '').replace(/\.\w+$/u, '');
  return name === '' ? 'Schema' : name;
}

/** Letters, digits, `.`, `-` and `_` stay. */
export function cleanName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/gu, '_') || '_';
}
