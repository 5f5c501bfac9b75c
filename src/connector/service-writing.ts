import { type JsonDocument, toJson } from '../json/document.ts';
import { type ApiProperties, downloadedProperties } from './api-properties.ts';
import { isAbsent, isObject, member } from '../json/value.ts';
import { oAuthSettingsPaths } from './client-secret.ts';
import { isEnvironmentExpression } from './expression.ts';

/*
 * What the service makes of API properties that it is sent. None of it is a change that somebody has made, and no update
 * would undo it.
 */

/** Added to the `properties` of OAuth settings for Microsoft Entra ID. */
const addedProperties = ['IsOnbehalfofLoginSupported', 'IsFirstParty'];

/** The one capability that makers set in the portal, so that it is known to be kept. */
const keptCapability = 'gateway';

type Properties = JsonDocument<ApiProperties>;

/**
 * API properties that the service has, without what it wrote itself: there they say what `sent` says, which are those that
 * were sent, or that are to be. What is left of differences was changed by somebody, or not taken over.
 */
export function withoutServiceWriting(remote: Properties, sent: Properties): Properties {
  const emptied = downloadedProperties
    .filter((name) => isEmpty(valueAt(remote, ['properties', name])) && isEmpty(valueAt(sent, ['properties', name])))
    .reduce((document, name) => take(document, sent, ['properties', name]), remote);
  // Without one the service writes the name of the creator.
  const published = isEmpty(valueAt(sent, publisher)) ? take(emptied, sent, publisher) : emptied;
  return oAuthPairs(published, sent).reduce(
    (document, { path, sentPath }) => withoutRedirects(document, sent, path, sentPath),
    withReferences(published, sent),
  );
}

/**
 * The service shows no client secret. One that is a reference to an environment variable is known by what was sent, and a part
 * of what the connector is.
 */
export function withReferences(remote: Properties, sent: Properties): Properties {
  return oAuthPairs(remote, sent)
    .map(
      ({ path, sentPath }) =>
        [
          [...path, 'clientSecret'],
          [...sentPath, 'clientSecret'],
        ] as const,
    )
    .filter(([path, sentPath]) => !remote.at(path) && isEnvironmentExpression(valueAt(sent, sentPath)))
    .reduce((document, [path, sentPath]) => take(document, sent, path, sentPath), remote);
}

/**
 * The same, and without what the service never keeps: what is left of differences is what an update would change.
 */
export function withoutUnsupported(remote: Properties, sent: Properties): Properties {
  const own = withoutServiceWriting(remote, sent);
  const emptied = [publisher, stackOwner].filter((path) => isEmpty(valueAt(own, path)));
  const kept = emptied.reduce((document, path) => take(document, sent, path), own);
  return withDroppedCapabilities(kept, sent);
}

const publisher = ['properties', 'publisher'];
const stackOwner = ['properties', 'stackOwner'];
const capabilities = ['properties', 'capabilities'];

type Path = readonly (string | number)[];

export interface OAuthPair {
  readonly path: Path;
  readonly sentPath: Path;
}

/** The OAuth settings that both have. A connection parameter set is known by its name, not by its place. */
export function oAuthPairs(remote: Properties, sent: Properties): readonly OAuthPair[] {
  const sentPaths = new Map(oAuthSettingsPaths(sent.value).map((path) => [placeName(sent, path), path]));
  return oAuthSettingsPaths(remote.value).flatMap((path) => {
    const sentPath = sentPaths.get(placeName(remote, path));
    return sentPath && isObject(valueAt(remote, path)) && isObject(valueAt(sent, sentPath)) ? [{ path, sentPath }] : [];
  });
}

function placeName(document: Properties, path: Path): string {
  const set = path[1] === 'connectionParameterSets' ? valueAt(document, [...path.slice(0, 4), 'name']) : undefined;
  return JSON.stringify(typeof set === 'string' ? [set, ...path.slice(4)] : path);
}

function withoutRedirects(remote: Properties, sent: Properties, path: Path, sentPath: Path): Properties {
  const taken = (document: Properties, ...names: readonly string[]): Properties =>
    take(document, sent, [...path, ...names], [...sentPath, ...names]);
  const isForced =
    valueAt(remote, [...path, 'redirectMode']) === 'GlobalPerConnector' &&
    ['Global', undefined].some((mode) => valueAt(sent, [...sentPath, 'redirectMode']) === mode);
  // Each connector has its own address in each environment: what files say of it is never read.
  const redirected = taken(isForced ? taken(remote, 'redirectMode') : remote, 'redirectUrl');
  const added = addedProperties.filter((name) => valueAt(sent, [...sentPath, 'properties', name]) === undefined);
  const without = added.reduce((document, name) => taken(document, 'properties', name), redirected);
  const both = [valueAt(without, [...path, 'properties']), valueAt(sent, [...sentPath, 'properties'])];
  return both.every(isEmpty) ? taken(without, 'properties') : without;
}

/** With the capabilities that were sent and that the service does not keep; one that it would have kept stays away. */
function withDroppedCapabilities(remote: Properties, sent: Properties): Properties {
  const [there, here] = [remote, sent].map((document) => textsIn(valueAt(document, capabilities)));
  if (!there || !here) return remote;
  const isDropped = (name: string): boolean => !there.includes(name) && !isKept(name);
  if (!here.some(isDropped)) return remote;
  const compared = [
    ...here.filter((name) => there.includes(name) || isDropped(name)),
    ...there.filter((name) => !here.includes(name)),
  ];
  if (compared.join() === here.join()) return take(remote, sent, capabilities);
  return remote.withMembers(['properties'], { capabilities: toJson(compared) });
}

function isKept(capability: string): boolean {
  return capability.toLowerCase() === keptCapability;
}

function textsIn(value: unknown = []): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** The document with the value that another one has at a place, or without any. */
function take(document: Properties, from: Properties, path: Path, fromPath = path): Properties {
  const value = from.at(fromPath);
  const name = String(path.at(-1));
  if (!value) return document.without(path);
  return isObject(valueAt(document, path.slice(0, -1)))
    ? document.withMembers(path.slice(0, -1), { [name]: value })
    : document;
}

export function valueAt({ value }: Properties, path: Path): unknown {
  return path.reduce<unknown>(member, value);
}

/** Nothing is as good as what is empty. */
function isEmpty(value: unknown): boolean {
  return value === '' || isAbsent(value) || (typeof value === 'object' && Object.keys(value).length === 0);
}
