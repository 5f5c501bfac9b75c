import { isString } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import { objectItems } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

export const tagRules: readonly Rule[] = [
  {
    id: 'tag-duplicate',
    level: 'error',
    message: "Tag '{name}' is defined more than once.",
    reason: 'Operations refer to tags by name, so names must be unique.',
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
              const related = [{ location: member.at(other), message: 'The first tag with this name.' }];
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
    reason: "Operations refer to tags by name, so a tag without a name can't be used.",
    sources: ['S2'],
    good: [{ definition: '{ "tags": [{ "name": "Orders", "description": "What customers buy." }] }' }],
    bad: [{ definition: '{ "tags": [⟦{⟧ "description": "What customers buy." }] }' }],
    check: { tag: mustHave(['name']) },
  },
];
