import { pointerPath } from '../../json/pointer.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Definition } from '../engine/definition.ts';
import type { ReferenceSection, RootNode } from '../engine/nodes.ts';
import type { Report, Rule } from '../engine/rule.ts';

/** The names in a section that some `$ref` leads to. */
function usedNames(section: ReferenceSection, definition: Definition): ReadonlySet<string> {
  const used = new Set<string>();
  for (const reference of definition.references) {
    if (!reference.startsWith('#/')) continue;
    const [first, name] = pointerPath(reference);
    if (first === section && name !== undefined) used.add(name);
  }
  return used;
}

/** So many references are looked at that lead nowhere. */
const mostBroken = 100;

/** The names in a section that references with a slip are meant to lead to. */
function meantNames(section: ReferenceSection, definition: Definition): ReadonlySet<string> {
  const broken = [...definition.references].filter((one) => /^#?\//u.test(one) && !definition.resolve(one));
  const names = definition.sharedNames(section);
  const known = new Set(names);
  const meant = broken.slice(0, mostBroken).flatMap((reference) => {
    const [first = '', ...below] = pointerPath(reference.replace(/^#/u, ''));
    const name = below.at(-1);
    if (name === undefined || nearestName(first, [section]) === undefined) return [];
    return known.has(name) ? name : (nearestName(name, names) ?? []);
  });
  return new Set(meant);
}

function reportUnused(
  section: ReferenceSection,
  root: RootNode<'definition'>,
  report: Report,
  definition: Definition | undefined,
): void {
  if (!definition) return;
  const names = definition.sharedNames(section);
  if (names.length === 0) return;
  const used = usedNames(section, definition);
  const unused = names.filter((name) => !used.has(name) && !name.startsWith('x-'));
  if (unused.length === 0) return;
  const meant = meantNames(section, definition);
  const shared = root.at(section);
  for (const name of unused) {
    if (!meant.has(name)) report(shared.at(name), { name }, { mark: 'name' });
  }
}

const reason = 'Unused definitions have no effect, and make the file larger and harder to read.';

export const unusedRules: readonly Rule[] = [
  {
    id: 'unused-definition',
    level: 'info',
    common: true,
    message: "Definition '{name}' isn't used.",
    reason,
    sources: ['CD'],
    good: [
      {
        definition: '{ "definitions": { "Tree": { "type": "array", "items": { "$ref": "#/definitions/Tree" } } } }',
      },
      { definition: '{ "definitions": { "x-note": {} } }' },
    ],
    bad: [
      { definition: '{ "definitions": { ⟦"Tree"⟧: { "type": "array", "items": { "type": "string" } } } }' },
      {
        definition: `{ "definitions": { ⟦"Tree"⟧: { "type": "array", "items": { "$ref": "types.json#/definitions/Tree" } } } }`,
      },
    ],
    check: {
      definition: (root, report, { definition }) => reportUnused('definitions', root, report, definition),
    },
  },
  {
    id: 'unused-parameter',
    level: 'info',
    message: "Parameter '{name}' isn't used.",
    reason,
    sources: ['CD'],
    good: [
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } },
  "paths": { "/items": { "get": { "parameters": [{ "$ref": "#/parameters/top" }] } } } }`,
      },
    ],
    bad: [
      { definition: '{ "parameters": { ⟦"top"⟧: { "name": "top", "in": "query", "type": "integer" } } }' },
      {
        definition: `{ "parameters": { ⟦"top"⟧: { "name": "top", "in": "query", "type": "integer" } },
  "paths": { "/items": { "get": { "responses": { "404": { "$ref": "#/responses/top" } } } } } }`,
      },
    ],
    check: {
      definition: (root, report, { definition }) => reportUnused('parameters', root, report, definition),
    },
  },
  {
    id: 'unused-response',
    level: 'info',
    message: "Response '{name}' isn't used.",
    reason,
    sources: ['CD'],
    good: [
      {
        definition: `{ "responses": { "NotFound": { "description": "Not found" } },
  "paths": { "/items": { "get": { "responses": { "404": { "$ref": "#/responses/NotFound" } } } } } }`,
      },
    ],
    bad: [{ definition: '{ "responses": { ⟦"NotFound"⟧: { "description": "Not found" } } }' }],
    check: {
      definition: (root, report, { definition }) => reportUnused('responses', root, report, definition),
    },
  },
];
