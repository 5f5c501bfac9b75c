/** The facts about a part of a connector. */
export interface PartFacts {
  /** In a sentence. */
  readonly words: string;
  /** The file that it is in unless the settings name another. */
  readonly fileName: string;
  /** The option that names its file. */
  readonly option: string;
  /** The kind: a JSON document, bytes, or text, which can have the line ends of any system. */
  readonly format: 'json' | 'bytes' | 'text';
}

/**
 * The parts of a connector, in the order in which they are spoken of. Their names are those of the Python tool's settings.
 * Every list of the parts anywhere is this table.
 */
export const partFacts = {
  apiDefinition: {
    words: 'API definition',
    fileName: 'apiDefinition.swagger.json',
    option: '--api-definition',
    format: 'json',
  },
  apiProperties: {
    words: 'API properties',
    fileName: 'apiProperties.json',
    option: '--api-properties',
    format: 'json',
  },
  icon: { words: 'icon', fileName: 'icon.png', option: '--icon', format: 'bytes' },
  script: { words: 'script', fileName: 'script.csx', option: '--script', format: 'text' },
} as const satisfies Readonly<Record<string, PartFacts>>;

export type ConnectorPart = keyof typeof partFacts;

/** Those that are JSON documents; a connector that can be sent has both. */
export type DocumentPart = 'apiDefinition' | 'apiProperties';

export const connectorParts = ['apiDefinition', 'apiProperties', 'icon', 'script'] as const satisfies ConnectorPart[];

/** Something for each part. */
export type PerPart<T> = Readonly<Record<ConnectorPart, T>>;

/** A value for each part. */
export function perPart<T>(of: (part: ConnectorPart) => T): PerPart<T> {
  return {
    apiDefinition: of('apiDefinition'),
    apiProperties: of('apiProperties'),
    icon: of('icon'),
    script: of('script'),
  };
}
