import { oneOf, reportUnknownName } from '../engine/checks.ts';
import { isString, isText } from '../../json/value.ts';
import { propertiesMemberTypes } from '../knowledge/member-types.ts';
import type { Rule } from '../engine/rule.ts';

const publisherCharacters = /^[0-9A-Za-z .,&()'/_+-]*$/u;

const isCapability = oneOf(['actions', 'triggers', 'gateway', 'cloud', 'blob', 'tabular']);

/** The members of API properties that are no objects of their own. */
export const propertiesRules: readonly Rule[] = [
  {
    id: 'publisher-missing',
    level: 'certification',
    common: true,
    message: "'publisher' is required.",
    reason: 'Who made the connector is shown with it.',
    sources: ['CS'],
    good: [{ properties: '{ "properties": { "publisher": "Contoso" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "stackOwner": "Contoso" } }' }],
    check: {
      properties: (node, report) => {
        if (!isText(node.value['publisher'])) report(node.at('publisher'));
      },
    },
  },
  {
    id: 'stack-owner-missing',
    level: 'certification',
    common: true,
    message: "'stackOwner' is required.",
    reason: 'Whose service the connector calls is shown with it.',
    sources: ['CS'],
    good: [{ properties: '{ "properties": { "stackOwner": "Contoso" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "publisher": "Contoso" } }' }],
    check: {
      properties: (node, report) => {
        if (!isText(node.value['stackOwner'])) report(node.at('stackOwner'));
      },
    },
  },
  {
    id: 'publisher-charset',
    level: 'info',
    message: 'Use alphanumeric characters.',
    reason: 'The names of publisher and stack owner should have letters and digits of English only.',
    sources: ['CS'],
    good: [
      { properties: '{ "properties": { "publisher": "Contoso, Inc." } }' },
      { properties: '{ "properties": { "publisher": {} } }' },
    ],
    bad: [
      { properties: '{ "properties": { "publisher": ⟦"Contoso™"⟧ } }' },
      { properties: '{ "properties": { "stackOwner": ⟦"Contoso™"⟧ } }' },
    ],
    checkMember: {
      names: ['publisher', 'stackOwner'],
      of: {
        properties: (member, report) => {
          if (isString(member.value) && !publisherCharacters.test(member.value)) report(member);
        },
      },
    },
  },
  {
    id: 'props-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to another place.',
    sources: ['JP', 'PC'],
    good: [
      { properties: '{ "properties": { "capabilities": [] } }' },
      { properties: '{ "properties": { "x-note": "" } }' },
    ],
    bad: [{ properties: '{ "properties": { ⟦"capabilites"⟧: [] } }' }],
    check: {
      properties: (node, report) => {
        const known = propertiesMemberTypes.properties;
        for (const name of Object.keys(node.value)) {
          if (!Object.hasOwn(known, name) && !name.startsWith('x-')) reportUnknownName(node.at(name), known, report);
        }
      },
    },
  },
  {
    id: 'capability-unknown',
    level: 'warning',
    message: "Unknown capability '{value}'{suggestion}.",
    reason: 'The service knows no other capabilities, and writes them in lower case.',
    sources: ['JP'],
    good: [
      { properties: '{ "properties": { "capabilities": ["actions"] } }' },
      { properties: '{ "properties": { "capabilities": ["triggers", "gateway", "cloud", "blob", "tabular", 5] } }' },
    ],
    bad: [{ properties: '{ "properties": { "capabilities": ["actions", ⟦"Triggers"⟧] } }' }],
    checkMember: {
      names: ['capabilities'],
      of: {
        properties: (member, report, node, connector) => {
          for (const item of member.members()) if (isString(item.value)) isCapability(item, report, node, connector);
        },
      },
    },
  },
];
