import type { Rule } from '../engine/rule.ts';
import { wholeFile } from '../engine/location.ts';
import { isNamedInSettings } from './settings.ts';

const maximumDefinitionSize = 1_048_576;

const defaultNames = { definition: 'apiDefinition.swagger.json', properties: 'apiProperties.json' } as const;

export const fileRules: readonly Rule[] = [
  {
    id: 'file-missing',
    level: 'error',
    message: "File '{name}' was not found.",
    reason: 'A connector needs an API definition and API properties, and other files where they are named.',
    sources: ['PC'],
    good: [
      { definition: '{}' },
      { settings: '{ "icon": "icon.png" }', missing: { icon: 'icon.png' } },
      {
        settings: '{ "apiDefinition": "a.json", "apiProperties": "p.json", "script": "s.csx" }',
        missing: { definition: 'a.json', properties: 'p.json', script: 's.csx' },
      },
    ],
    bad: [
      { missing: { definition: 'apiDefinition.swagger.json' } },
      { settings: '{ "script": "s.csx", "icon": "" }', missing: { icon: 'icon.png' } },
    ],
    check: {
      connector: (connector, report) => {
        for (const { role, file } of connector.missing) {
          if (!isNamedInSettings(connector, role)) report(wholeFile(file), { name: file.name });
        }
      },
    },
  },
  {
    id: 'file-name',
    level: 'info',
    message: "Unusual file name '{name}'; the default is '{default}'.",
    reason: 'Other tools and the certification process look for the default names.',
    sources: ['PC'],
    good: [{ definition: '{}', properties: '{}' }],
    bad: [{ definition: '{}', names: { definition: 'swagger.json' } }],
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
  {
    id: 'definition-too-large',
    level: 'warning',
    message: 'The API definition has {size} bytes; the limit is 1 MB.',
    reason: 'The service refuses larger definitions from makers.',
    sources: ['DO', 'CS', 'FAQ'],
    good: [{ definition: '{}' }, { properties: '{}' }],
    bad: [{ definition: `{}${' '.repeat(maximumDefinitionSize)}` }],
    check: {
      connector: ({ definitionFile: file }, report) => {
        if (file && file.size > maximumDefinitionSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
  {
    id: 'readme-missing',
    level: 'certification',
    message: 'A readme file is required for certification.',
    hint: 'Add README.md beside the API definition.',
    reason: 'The documentation of a published connector is made from its readme.',
    sources: ['CS'],
    good: [{ definition: '{}', others: ['readme.md'] }, { others: ['notes.txt'] }, { definition: '{}' }],
    bad: [{ definition: '{}', others: ['notes.txt'] }],
    check: {
      connector: ({ files: [file], others }, report) => {
        if (!file || !others) return;
        if (!others.some((name) => name.toLowerCase() === 'readme.md')) report(wholeFile(file));
      },
    },
  },
];

function baseName(name: string): string {
  return name.replace(/^.*[/\\]/u, '');
}
