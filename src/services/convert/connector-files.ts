import { placeholderColor, placeholderIcon } from '../../connector/placeholder-icon.ts';
import type { Conversion } from '../../conversion/convert.ts';
import type { ResultFile } from '../../results/members.ts';
import { isArray } from '../../json/value.ts';

/** The parts that are written, by their keys in the settings. */
export const names = {
  apiDefinition: 'apiDefinition.swagger.json',
  apiProperties: 'apiProperties.json',
  icon: 'icon.png',
} as const;

export type NamedPart = keyof typeof names;

export const settingsName = 'settings.json';

export const definitionName = names.apiDefinition;

export interface ConnectorFile {
  readonly role: ResultFile['role'];
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** All files of the connector. */
export function connectorFiles(conversion: Conversion): readonly ConnectorFile[] {
  return [
    { role: 'apiDefinition', name: names.apiDefinition, content: conversion.definition ?? '' },
    {
      role: 'apiProperties',
      name: names.apiProperties,
      content: `${JSON.stringify({ properties: ownProperties(conversion) }, undefined, 2)}\n`,
    },
    { role: 'icon', name: names.icon, content: placeholderIcon },
    { role: 'settings', name: settingsName, content: `${JSON.stringify(names, undefined, 2)}\n` },
  ];
}

/** The members of the API properties, in the order in which connectors have them. */
export function ownProperties({ properties }: Conversion): Readonly<Record<string, unknown>> {
  const { policyTemplateInstances = [], ...signIn } = properties;
  const policies = isArray(policyTemplateInstances) && policyTemplateInstances.length > 0;
  return {
    ...signIn,
    iconBrandColor: placeholderColor,
    capabilities: [],
    ...(policies && { policyTemplateInstances }),
  };
}
