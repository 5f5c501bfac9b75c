import { DefinitionContent, PropertiesContent } from '../connector/part-content.ts';
import type { Connector } from '../connector/connector.ts';
import { FileError } from '../errors.ts';
import { JsonDocument } from '../json/document.ts';
import { jsonPointer, pointerPath } from '../json/pointer.ts';
import { locate } from '../json/positions.ts';
import { isSound, readJson } from '../json/reading.ts';
import type { ConnectorSource, NamedFile } from '../validation/engine/connector-source.ts';
import type { Finding } from '../validation/engine/finding.ts';
import { SourceFile } from '../validation/engine/source-file.ts';
import { problemsInFile, referenceIn, valuesByEnvironment, type WrittenValue } from '../values/environments-file.ts';
import { partOfPointer, withValues } from '../values/place-values.ts';
import { isSecretPointer } from '../values/unknown-pointers.ts';
import * as z from 'zod';

/** A finding, and the pointer to the value that it is in; undefined where values cause it elsewhere. */
export interface ValueFinding {
  readonly finding: Finding;
  readonly pointer: string | undefined;
}

/** What is wrong in values, and what is wrong with a connector with them, but not without. */
export function causedByValues(
  connector: Connector,
  pointers: readonly string[],
  found: readonly Finding[],
  without: readonly Finding[],
): readonly ValueFinding[] {
  const known = new Set(without.map(keyOf));
  return found.flatMap((finding) => {
    const pointer = pointers.find(
      (one) =>
        connector[partOfPointer(one)]?.name === finding.file &&
        (finding.pointer === one || finding.pointer.startsWith(`${one}/`)),
    );
    return pointer !== undefined || !known.has(keyOf(finding)) ? [{ finding, pointer }] : [];
  });
}

function keyOf({ file, pointer, rule, message }: Finding): string {
  return JSON.stringify([file, pointer, rule, message]);
}

/**
 * What is wrong with a connector in the environments that a file has values for, at the values. References aren't followed: other
 * computers have other variables.
 */
export function environmentFindings(
  { environments, ...source }: ConnectorSource,
  check: (source: ConnectorSource) => readonly Finding[],
): readonly Finding[] {
  const connector = environments?.bytes && connectorOf(source);
  const reading = environments?.bytes && (environments.json ?? readJson(environments.bytes));
  if (!environments || !connector || !reading || !isSound(reading) || problemsInFile(reading.value).length > 0)
    return [];
  const document = JsonDocument.of(reading, z.unknown(), environments.name);
  const alone = { ...source, published: undefined };
  let without: readonly Finding[] | undefined;
  const findings = [...valuesByEnvironment(reading.value)].flatMap(([environment, written]) => {
    const own = written.filter(({ pointer, value }) => referenceIn(value) === undefined && !isSecretPointer(pointer));
    if (own.length === 0) return [];
    const values = new Map(own.map(({ pointer, path }) => [pointer, document.at(path)] as const));
    const { apiDefinition, apiProperties } = withValues(connector, values);
    const definition = source.definition?.bytes ? apiDefinition : source.definition;
    const found = check({
      ...alone,
      definition,
      properties: source.properties?.bytes ? apiProperties : source.properties,
    });
    without ??= found.length === 0 ? undefined : check(alone);
    const file = new SourceFile(environments.name, reading.text, environments.bytes?.length ?? 0);
    return causedByValues(connector, [...values.keys()], found, without ?? []).map((one) =>
      relocated(one, { environment, own, file }),
    );
  });
  return findings.toSorted((one, other) => one.line - other.line || one.column - other.column);
}

/** The documents to place values in; undefined where they can't be read. */
function connectorOf({ definition, properties }: ConnectorSource): Connector | undefined {
  const apiDefinition = definition?.bytes && new DefinitionContent(definition.name, definition.bytes);
  const apiProperties = new PropertiesContent(properties?.name ?? '', bytesOf(properties));
  try {
    const isReadable = (!apiDefinition || apiDefinition.document) && (!properties?.bytes || apiProperties.document);
    return isReadable
      ? { displayName: undefined, apiDefinition, apiProperties, icon: undefined, script: undefined }
      : undefined;
  } catch (error) {
    // What is wrong with a file is found in the file.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function bytesOf(file: NamedFile | undefined): Uint8Array {
  return file?.bytes ?? Buffer.from('{}');
}

interface Origin {
  readonly environment: string;
  readonly own: readonly WrittenValue[];
  readonly file: SourceFile;
}

/** The finding where the value is written, or else at the name of the environment. */
function relocated({ finding, pointer }: ValueFinding, { environment, own, file }: Origin): Finding {
  const { fix: _fix, related: _related, ...rest } = finding;
  const value = own.find((one) => one.pointer === pointer);
  const path = value ? [...value.path, ...pointerPath(finding.pointer.slice(value.pointer.length))] : [environment];
  const [located] = locate(file.text, [path]);
  const { start = 0, end = 0, nameStart = 0, nameEnd = 0 } = located?.found ?? {};
  const { line: endLine, column: endColumn } = file.positionAt(value ? end : nameEnd);
  return {
    ...rest,
    file: file.name,
    ...file.positionAt(value ? start : nameStart),
    endLine,
    endColumn,
    pointer: jsonPointer(located?.path ?? path),
    message: value
      ? `In ${environment}: ${finding.message}`
      : `In ${environment}, ${finding.file} at ${finding.pointer || '/'}: ${finding.message}`,
  };
}
