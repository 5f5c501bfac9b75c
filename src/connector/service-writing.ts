import { type JsonDocument, type MemberChange, toJson } from '../json/document.ts';
import { type ApiProperties, downloadedProperties } from './api-properties.ts';
import { isAbsent, isObject, member } from '../json/value.ts';
import { oAuthSettingsPaths } from './client-secret.ts';
import { isEnvironmentExpression } from './expression.ts';

/*
 * What the service makes of API properties that it is sent. None of it is a change of someone else, and no update
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
    .map((name) => ['properties', name])
    .filter((path) => isEmptyValue(valueAt(remote, path)) && isEmptyValue(valueAt(sent, path)));
  // Without one the service writes the name of the creator.
  const own = isEmptyValue(valueAt(sent, publisher)) ? [...emptied, publisher] : emptied;
  return remote.withEach([
    ...own.map((path) => taken(sent, path)),
    ...oAuthPairs(remote, sent).flatMap((pair) => redirects(remote, sent, pair)),
  ]);
}

/**
 * The service shows no client secret. One that is a reference to an environment variable is known by what was sent, and a part
 * of what the connector is.
 */
export function withReferences(remote: Properties, sent: Properties): Properties {
  const references = oAuthPairs(remote, sent)
    .map(({ path, sentPath }) => ({ path: [...path, 'clientSecret'], sentPath: [...sentPath, 'clientSecret'] }))
    .filter(({ path, sentPath }) => !remote.at(path) && isEnvironmentExpression(valueAt(sent, sentPath)));
  return remote.withEach(references.map(({ path, sentPath }) => taken(sent, path, sentPath)));
}

/**
 * The same, and without what the service never keeps: what is left of differences is what an update would change.
 */
export function withoutUnsupported(remote: Properties, sent: Properties): Properties {
  const own = withoutServiceWriting(remote, sent);
  const emptied = [publisher, stackOwner].filter((path) => isEmptyValue(valueAt(own, path)));
  return withDroppedCapabilities(own.withEach(emptied.map((path) => taken(sent, path))), sent);
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

/** API properties of an environment with the redirects of files: each connector has its own address in each environment. */
export function withRedirectsOf(files: Properties, remote: Properties): Properties {
  return remote.withEach(oAuthPairs(remote, files).flatMap((pair) => ownRedirects(remote, files, pair)));
}

/** The same without the redirect URLs of what the files don't have yet. */
export function withoutNewRedirects(files: Properties, remote: Properties): Properties {
  const known = new Set(oAuthPairs(remote, files).map(({ path }) => path.join('/')));
  const added = oAuthSettingsPaths(remote.value).filter(
    (path) => !known.has(path.join('/')) && valueAt(remote, [...path, 'redirectMode']) === forcedMode,
  );
  return remote.withEach(added.map((path) => ({ path: [...path, 'redirectUrl'], value: undefined })));
}

/** The mode that the service changes `Global` to. */
const forcedMode = 'GlobalPerConnector';

/** The address in the files is never read. */
function ownRedirects(remote: Properties, sent: Properties, { path, sentPath }: OAuthPair): readonly MemberChange[] {
  const isForced =
    valueAt(remote, [...path, 'redirectMode']) === forcedMode &&
    ['Global', undefined].some((mode) => valueAt(sent, [...sentPath, 'redirectMode']) === mode);
  const names = isForced ? ['redirectMode', 'redirectUrl'] : ['redirectUrl'];
  return names.map((name) => taken(sent, [...path, name], [...sentPath, name]));
}

function redirects(remote: Properties, sent: Properties, { path, sentPath }: OAuthPair): readonly MemberChange[] {
  const ofSent = (...names: readonly string[]): MemberChange =>
    taken(sent, [...path, ...names], [...sentPath, ...names]);
  const own = ownRedirects(remote, sent, { path, sentPath });
  const sentProperties = valueAt(sent, [...sentPath, 'properties']);
  const added = addedProperties.filter((name) => member(sentProperties, name) === undefined);
  const left = withoutNames(valueAt(remote, [...path, 'properties']), added);
  const isWhole = [left, sentProperties].every(isEmptyValue);
  return [...own, ...(isWhole ? [ofSent('properties')] : added.map((name) => ofSent('properties', name)))];
}

function withoutNames(value: unknown, names: readonly string[]): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) : value;
}

/** With the capabilities that were sent and that the service does not keep; one that it would have kept stays away. */
function withDroppedCapabilities(remote: Properties, sent: Properties): Properties {
  const [there, here] = [remote, sent].map((document) => textsIn(valueAt(document, capabilities)));
  if (!there || !here) return remote;
  const [known, sentNames] = [new Set(there), new Set(here)];
  const isDropped = (name: string): boolean => !known.has(name) && !isKept(name);
  if (!here.some(isDropped)) return remote;
  const compared = [
    ...here.filter((name) => known.has(name) || isDropped(name)),
    ...there.filter((name) => !sentNames.has(name)),
  ];
  if (compared.join() === here.join()) return remote.withEach([taken(sent, capabilities)]);
  return remote.withMembers(['properties'], { capabilities: toJson(compared) });
}

function isKept(capability: string): boolean {
  return capability.toLowerCase() === keptCapability;
}

function textsIn(value: unknown = []): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** What makes a member what it is in another document, where it may not be. */
function taken(from: Properties, path: Path, fromPath = path): MemberChange {
  return { path, value: from.at(fromPath) };
}

export function valueAt({ value }: Properties, path: Path): unknown {
  return path.reduce<unknown>(member, value);
}

/** Nothing is as good as what is empty. */
export function isEmptyValue(value: unknown): boolean {
  return value === '' || isAbsent(value) || (typeof value === 'object' && Object.keys(value).length === 0);
}
