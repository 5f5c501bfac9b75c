import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A published connector, as data. */
export interface SharedConnector {
  readonly name: string;
  readonly directory: string;
  readonly apiDefinition: string;
  readonly apiProperties: string;
  readonly icon: string | undefined;
  readonly script: string | undefined;
}

const root = fileURLToPath(new URL('../../../shared/connectors', import.meta.url));

/** Real connectors that lie beside the project on some machines; none where they do not. */
export function sharedConnectors(): SharedConnector[] {
  if (!existsSync(root)) return [];
  const collections = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return collections.flatMap((collection) =>
    readdirSync(join(root, collection.name)).map((name) => sharedConnector(name, join(root, collection.name, name))),
  );
}

function sharedConnector(name: string, directory: string): SharedConnector {
  const files = readdirSync(directory);
  const find = (pattern: RegExp): string | undefined => {
    const file = files.find((candidate) => pattern.test(candidate));
    return file && join(directory, file);
  };
  return {
    name,
    directory,
    apiDefinition: find(/(definition|swagger).*\.json$/iu) ?? '',
    apiProperties: find(/properties.*\.json$/iu) ?? '',
    icon: find(/\.png$/iu),
    script: find(/\.csx?$/iu),
  };
}

/** The text of a file when it is UTF-8 JSON, without byte order mark. */
export function jsonText(path: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
