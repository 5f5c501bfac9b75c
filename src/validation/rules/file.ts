import { partFacts } from '../../connector/part.ts';
import { wholeFile } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Rule } from '../engine/rule.ts';
import { SourceFile } from '../engine/source-file.ts';
import { definitionPolicy } from '../knowledge/policies.ts';
import { isNamedInSettings } from './settings.ts';

const defaultNames = { definition: 'apiDefinition.swagger.json', properties: 'apiProperties.json' } as const;

/** Whether what stands in the place of the API definition is none: what it is converted to comes with API properties. */
function isUnread({ definition, definitionFile, foreign }: ParsedConnector): boolean {
  return !definition && (definitionFile !== undefined || foreign.some(({ role }) => role === 'definition'));
}

function baseName(name: string): string {
  return name.replace(/^.*[/\\]/u, '');
}

export const fileRules: readonly Rule[] = [
  {
    id: 'file-missing',
    level: 'error',
    message: "File '{name}' doesn't exist.",
    reason: 'A connector requires an API definition, API properties, and all files that the settings name.',
    sources: ['PC'],
    good: [
      { definition: '{}' },
      { settings: '{ "icon": "icon.png" }', missing: { icon: 'icon.png' } },
      { settings: '{', missing: { definition: 'apiDefinition.swagger.json' } },
      {
        settings: '{ "apiDefinition": "a.json", "apiProperties": "p.json", "script": "s.csx" }',
        missing: { definition: 'a.json', properties: 'p.json', script: 's.csx' },
      },
      ...['{ "openapi": "3.0.1", "paths": {} }', 'swagger: "2.0"\ninfo:\n', '[]', '<a/>', ''].map((definition) => ({
        definition,
        missing: { properties: 'apiProperties.json' },
      })),
    ],
    bad: [
      { missing: { definition: 'apiDefinition.swagger.json' } },
      { definition: '{ "swagger": "2.0" }', missing: { properties: 'apiProperties.json' } },
      { settings: '{ "script": "s.csx", "icon": "" }', missing: { icon: 'icon.png' } },
    ],
    check: {
      connector: (connector, report) => {
        // Which files are meant is unknown until the settings can be read.
        if (connector.settingsFile && !connector.settingsFile.root) return;
        for (const { role, file } of connector.missing) {
          if (isNamedInSettings(connector, role) || (role === 'properties' && isUnread(connector))) continue;
          const policy = role === 'definition' ? definitionPolicy : undefined;
          report(wholeFile(file), { name: file.name }, { policy });
        }
      },
    },
  },
  {
    id: 'file-ambiguous',
    level: 'error',
    message: 'Several files can be the {words}: {names}.',
    hint: 'Name one of them as "{part}" in settings.json.',
    reason: 'A connector has one file of each kind. Commands that use the connector stop until one is named.',
    sources: ['PC'],
    good: [{ definition: '{}' }, { script: '//', others: ['second.csx'] }],
    bad: [
      { definition: '{}', unclear: [{ part: 'apiDefinition', names: ['apiDefinition.swagger.json', 'two.json'] }] },
      {
        script: '//',
        names: { script: 'first.csx' },
        unclear: [{ part: 'script', names: ['first.csx', 'second.csx'] }],
      },
    ],
    check: {
      connector: ({ files, unclear }, report) => {
        for (const { part, names } of unclear) {
          const [first = ''] = names;
          const file = files.find(({ name }) => name === first) ?? new SourceFile(first, '', 0);
          report(wholeFile(file), { part, words: partFacts[part].words, names: names.join(', ') });
        }
      },
    },
  },
  {
    id: 'file-wrong-kind',
    level: 'error',
    message: 'This is {words}, not {expected}.',
    hint: 'Specify the correct file with --{option} or in settings.json.',
    reason: "The file isn't of the expected kind, so paconn doesn't check the rest of it.",
    sources: ['PC'],
    good: [
      { definition: '{ "host": "api.contoso.com" }', properties: '{}' },
      { definition: '{ "swagger": "2.0", "properties": { "capabilities": [] }, "connectorId": "" }' },
      { definition: '{ "info": { "_postman_id": "1" } }' },
      { definition: '{ swagger: "2.0" }' },
      { definition: Uint8Array.from([0x7b, 0x22, 0xfc, 0x22, 0x3a, 0x31, 0x7d]) },
    ],
    bad: [
      { definition: '{ "properties": ⟦{ "iconBrandColor": "#da3b01" }⟧ }' },
      { definition: '{ "connectorId": ⟦"shared_orders"⟧, "environment": "" }' },
      { definition: '⟦⟧\n<!DOCTYPE html>' },
      { definition: '⟦⟧<?xml version="1.0"?>' },
      { definition: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]) },
      { definition: 'PK\u0003\u0004\u0014' },
      { definition: '⟦{}⟧' },
      { definition: '⟦{ "name": "orders", "host": "" , "rows": [] }⟧' },
      { definition: '⟦[1,]⟧', properties: '⟦5⟧' },
      { definition: '⟦⟧version: 3\nservices:\n' },
      { definition: '⟦⟧asyncapi: 2.6.0\ninfo:\n  title: Orders\n' },
      { properties: '{ "swagger": ⟦"2.0"⟧, "paths": {} }' },
      { properties: '{ "apiDefinition": ⟦"a.json"⟧ }' },
      { properties: '⟦⟧{}', names: { properties: 'new_orders_connectionparameters.json' } },
    ],
    check: {
      connector: ({ foreign }, report) => {
        for (const { kind, role, words, next, location } of foreign) {
          if (kind !== 'other') continue;
          const isDefinition = role === 'definition';
          const expected = isDefinition ? 'an API definition' : 'API properties';
          report(
            location,
            { words, expected, option: isDefinition ? 'api-definition' : 'api-properties' },
            { hint: next },
          );
        }
      },
    },
  },
  {
    id: 'file-name',
    level: 'info',
    message: "Unusual file name '{name}'. The default is '{default}'.",
    reason: 'Other tools and the certification process expect the default file names.',
    sources: ['PC'],
    good: [{ definition: '{}', properties: '{}' }],
    bad: [{ definition: '{ "swagger": "2.0" }', names: { definition: 'swagger.json' } }],
    check: {
      connector: ({ definitionFile, propertiesFile }, report) => {
        const given = [
          [definitionFile, defaultNames.definition],
          [propertiesFile, defaultNames.properties],
        ] as const;
        for (const [file, usual] of given) {
          if (file && baseName(file.name) !== usual) report(wholeFile(file), { name: file.name, default: usual });
        }
      },
    },
  },
];
