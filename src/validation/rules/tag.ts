import { isString } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import { objectItems } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

export const tagRules: readonly Rule[] = [
  {
    id: 'tag-duplicate',
    level: 'error',
    message: "Tag '{name}' is defined more than once.",
    reason: 'Operations name their tags, so each name stands for one tag.',
    sources: ['SV'],
    good: [
      { definition: '{ "tags": [{ "name": "Orders" }, { "name": "Customers" }] }' },
      { definition: '{ "tags": [{ "description": "What customers buy." }, { "description": "Who buys." }] }' },
    ],
    bad: [{ definition: '{ "tags": [{ "name": "Orders" }, ⟦{ "name": "Orders" }⟧] }' }],
    checkMember: {
      names: ['tags'],
      of: {
        definition: (member, report) => {
          const first = new Map<string, number>();
          for (const [index, { name }] of objectItems(member.value)) {
            if (!isString(name)) continue;
            const other = first.get(name);
            if (other === undefined) first.set(name, index);
            else {
              const related = [{ location: member.at(other), message: 'The first tag of this name is here.' }];
              report(member.at(index), { name }, { related });
            }
          }
        },
      },
    },
  },
  {
    id: 'tag-invalid',
    level: 'error',
    message: "A tag needs a 'name'.",
    reason: "Operations name their tags: one without a name is nobody's.",
    sources: ['S2'],
    good: [{ definition: '{ "tags": [{ "name": "Orders", "description": "What customers buy." }] }' }],
    bad: [{ definition: '{ "tags": [⟦{⟧ "description": "What customers buy." }] }' }],
    check: { tag: mustHave(['name']) },
  },
];
