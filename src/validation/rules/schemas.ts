import type { Rule } from '../engine/rule.ts';
import { schemaCountRules } from './schema-count.ts';
import { schemaLimitRules } from './schema-limits.ts';
import { schemaRequiredRules } from './schema-required.ts';
import { schemaTypeRules } from './schema-types.ts';
import { schemaValueRules } from './schema-values.ts';

export const schemaRules: readonly Rule[] = [
  ...schemaTypeRules,
  ...schemaRequiredRules,
  ...schemaValueRules,
  ...schemaLimitRules,
  ...schemaCountRules,
];
