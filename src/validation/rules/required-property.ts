import type { DefinitionObject } from '../engine/node-kinds.ts';
import { has } from '../../json/value.ts';
import { reportMissing } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { isOfProperties } from './root.ts';

/** The members of which one is reported when it is absent, for an object of the definition. */
const requiredMembers: Readonly<Partial<Record<DefinitionObject['kind'], readonly string[]>>> = {
  definition: ['swagger', 'info', 'paths'],
  info: ['title', 'version'],
  parameter: ['name', 'in'],
};

export const requiredPropertyRules: readonly Rule[] = [
  {
    id: 'required-property',
    level: 'error',
    message: "The '{name}' property is required.",
    reason: 'The service rejects a file without this property.',
    sources: ['SV', 'JD'],
    good: [
      {
        definition: '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {} }',
      },
      { definition: '{ "openapi": "3.0.1" }' },
      {
        definition: '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "tags": [{}] }',
      },
    ],
    bad: [
      { definition: '{ "swagger": "2.0", "info": ⟦{⟧ "version": "1.0" }, "paths": {} }' },
      { definition: '⟦{⟧ "info": { "title": "Orders", "version": "1.0" }, "paths": {} }' },
      { definition: '⟦{⟧ "swagger": "2.0", "paths": {} }' },
      { definition: '⟦{⟧ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" } }' },
      { definition: '{ "swagger": "2.0", "info": ⟦{⟧ "title": "Orders", "openapi": "" }, "paths": {} }' },
      { properties: '⟦{⟧ "displayName": "Orders" }' },
      { properties: '⟦{⟧ "iconBrandColor": "#da3b01", "capabilities": [] }' },
      {
        definition:
          '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "parameters": { "top": ⟦{⟧ "in": "query" } } }',
      },
      {
        definition:
          '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "parameters": { "top": ⟦{⟧ "name": "top" } } }',
      },
    ],
    check: {
      object: (node, report) => {
        const names = requiredMembers[node.kind];
        if (!names) return;
        // A document of OpenAPI 3 lacks them for another reason, which has a rule of its own.
        if (node.kind === 'definition' && has(node.value, 'openapi')) return;
        reportMissing(node, names, report);
      },
      propertiesFile: (node, report) => {
        if (has(node.value, 'properties')) return;
        const isUnwrapped = Object.keys(node.value).some(isOfProperties);
        const hint = isUnwrapped ? 'Move everything in this file into "properties": { … }.' : undefined;
        report(node.at('properties'), { name: 'properties' }, { hint });
      },
    },
  },
];
