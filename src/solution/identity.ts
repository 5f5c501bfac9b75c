import { createHash } from 'node:crypto';
import type { ManifestTexts } from './manifest-texts.ts';

/** What a solution with a connector is called, and whose it is. */
export interface SolutionIdentity {
  /** Of the connector: the start of the names of its files. */
  readonly connectorName: string;
  /** GUID of the connector's row in Dataverse: an import with the same one updates it. */
  readonly connectorId: string;
  /** Of the solution: letters, digits, and `_`. */
  readonly uniqueName: string;
  readonly version: string;
  readonly publisherName: string;
  /** What the publisher puts before the names of its components. */
  readonly prefix: string;
  readonly texts: ManifestTexts;
}

export interface IdentityChoices {
  readonly title: string;
  readonly prefix: string;
  readonly publisherName: string;
  readonly solutionName?: string | undefined;
  readonly solutionVersion?: string | undefined;
  readonly connectorId?: string | undefined;
  /** Where it isn't the one that follows from the title. */
  readonly connectorName?: string | undefined;
  readonly texts?: ManifestTexts | undefined;
}

/** The identity of a solution with one connector: what isn't chosen follows from the title, so packing again updates it. */
export function solutionIdentity(choices: IdentityChoices): SolutionIdentity {
  const { title, prefix, publisherName, solutionVersion = '1.0.0.0', texts = {} } = choices;
  const connectorName = choices.connectorName ?? connectorNameOf(prefix, title);
  return {
    connectorName,
    connectorId: (choices.connectorId ?? derivedId(connectorName)).toLowerCase(),
    uniqueName: choices.solutionName ?? `${connectorName.replaceAll('-', '')}Connector`,
    version: solutionVersion,
    publisherName,
    prefix,
    texts,
  };
}

/** What Dataverse calls a connector with this title. */
export function connectorNameOf(prefix: string, title: string): string {
  return `${prefix}_${encodedTitle(title)}`;
}

/** As Dataverse encodes it: in lower case, and all but letters and digits as `-` with two hexadecimal digits for each byte. */
function encodedTitle(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `-${byte.toString(16).padStart(2, '0')}`).join(''),
    );
}

/** Ours alone, so that the IDs that follow from names are no one else's. */
const namespace = Buffer.from('5d0cc1e9a1c94b6f9d0b6f2f0a7e4d31', 'hex');

/** A UUID of version 5, which is the same for the same name. */
function derivedId(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** Why a text can't be what it should, or undefined. */
export const identityFaults = {
  prefix: (text: string) =>
    /^[a-z][a-z0-9]{1,7}$/iu.test(text) && !/^mscrm/iu.test(text)
      ? undefined
      : 'must have 2 to 8 letters or digits, start with a letter, and not start with mscrm',
  publisherName: (text: string) => nameFault(text),
  solutionName: (text: string) => nameFault(text),
  solutionVersion: (text: string) =>
    /^\d+(?:\.\d+){1,3}$/u.test(text) ? undefined : 'must be a version such as 1.0.0.0',
  connectorId: (text: string) =>
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text) ? undefined : 'must be a GUID',
  connectorName: (text: string) => (/^[\w-]+$/u.test(text) ? undefined : 'must have letters, digits, _, and -'),
} as const satisfies Readonly<Record<string, (text: string) => string | undefined>>;

function nameFault(text: string): string | undefined {
  return /^[A-Za-z_]\w*$/u.test(text) ? undefined : 'must have letters, digits, and _, and not start with a digit';
}
