import { copiedTexts } from './documentation.ts';
import { UsageError } from '../errors.ts';
import type { JsonObject } from '../json/value.ts';
import { nearestName } from '../nearest-name.ts';
import { outArray, outObject, type OutNode, type OutObject } from './output-tree.ts';
import type { Ledger } from './ledger.ts';
import { keyPolicy, type PolicyInstance } from './policies.ts';
import { convertScheme, type SignInMethod, type SchemeOptions } from './security-schemes.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';
import { reportType } from './wrong-type.ts';

export interface SecurityOptions extends SchemeOptions {
  /** Schemes by name, in order of preference; none for no sign-in. */
  readonly security: readonly string[] | undefined;
}

/** How the result signs in. */
export interface ConvertedSecurity {
  readonly definitions: OutObject;
  readonly requirement: OutNode | undefined;
  /** Members of API properties. */
  readonly properties: JsonObject;
  readonly policies: readonly PolicyInstance[];
  readonly signIns: readonly SignInMethod[];
}

/** How a version of OpenAPI has security schemes. */
export interface SchemeForm {
  /** A scheme as a way to sign in; undefined for what connectors can't do, which is reported. */
  readonly toMethod: typeof convertScheme;
  /** Whether all schemes stay in the definition, whatever connections ask for. */
  readonly staysWhole: boolean;
}

/** Schemes that go together. */
type Alternative = readonly string[];

/**
 * Raises {@link UsageError} for a scheme in the options that the document doesn't have.
 * @param operations All requirements of operations of their own.
 */
export function convertSecurity(
  schemes: SourceNode | undefined,
  root: SourceNode | undefined,
  operations: readonly SourceNode[],
  options: SecurityOptions,
  state: ConversionState,
  { toMethod, staysWhole }: SchemeForm = { toMethod: convertScheme, staysWhole: false },
): ConvertedSecurity {
  const { ledger } = state;
  const nodes = new Map([...(schemes?.members.values() ?? [])].map((node) => [node.name, node] as const));
  requireKnown(options.security ?? [], [...nodes.keys()]);
  if (root) reportWrong(root, ledger);
  const stated = statedAlternatives(root, operations);
  const { alternatives, isMade } = chosenAlternatives(stated, [...nodes.keys()], options);
  const named = new Set([...alternatives, ...operations.flatMap(alternativesIn)].flat());
  const usable = new Map<string, SignInMethod>();
  for (const [name, node] of nodes) {
    if (options.security && !named.has(name)) ledger.add('security-not-chosen', node, { name });
    else if (named.has(name)) {
      const signIn = toMethod(node, options, state);
      if (signIn) usable.set(name, signIn);
    } else if (!staysWhole) ledger.add('security-unused', node, { name });
  }
  const isUsable = (names: Alternative) => names.every((name) => usable.has(name));
  const complete = alternatives.filter((names) => names.length > 0 && isUsable(names));
  const ways = (isMade ? complete.slice(0, 1) : complete).map((names) =>
    names.flatMap((name) => usable.get(name) ?? []),
  );
  const signsIn = new Set(ways.flat());
  for (const signIn of usable.values())
    if (!signsIn.has(signIn))
      ledger.add(staysWhole ? 'security-kept' : 'security-other', signIn.node, { name: signIn.name });
  const place = root ?? schemes;
  if (place) reportChoice({ place, ways, alternatives, isMade }, state);
  if (root && options.security) ledger.add('security-not-chosen', root, { name: 'security' });
  else if (root && ways.length > 0 && !staysWhole) reportUnusable(root, (name) => usable.has(name), ledger);
  return assembled(ways, root, state);
}

function requireKnown(wanted: readonly string[], names: readonly string[]): void {
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearestName(unknown, names);
  const hint =
    names.length > 0 ? `Schemes of the document: ${names.join(', ')}.` : 'The document has no security scheme.';
  throw new UsageError(
    `--security ${unknown}: the document has no such scheme.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    { hint: near === undefined ? hint : undefined },
  );
}

/** The ways to sign in that a requirement has, each once. */
function alternativesIn(requirement: SourceNode | undefined): readonly Alternative[] {
  return requirement ? distinctItems(requirement).map((item) => [...item.members.keys()]) : [];
}

/** The items of a requirement, without those that ask for the schemes of an item before them. */
function distinctItems(requirement: SourceNode, ledger?: Ledger): readonly SourceNode[] {
  const known = new Set<string>();
  return requirement.items.filter((item) => {
    if (item.kind !== 'object') return false;
    const key = keyOf([...item.members.keys()]);
    const isNew = !known.has(key);
    if (!isNew) ledger?.add('security-repeated', item);
    known.add(key);
    return isNew;
  });
}

/** Reports the ways to sign in that are left out of a requirement of which others are left. */
function reportUnusable(root: SourceNode, isUsable: (name: string) => boolean, ledger: Ledger): void {
  for (const item of distinctItems(root, ledger)) {
    const missing = [...item.members.keys()].filter((name) => !isUsable(name));
    if (missing.length > 0) ledger.add('security-operation', item, { id: 'The document', name: missing.join("', '") });
  }
}

/** Reports what is no requirement: schemes by name with their scopes. */
function reportWrong(requirement: SourceNode, ledger: Ledger): void {
  for (const item of requirement.items) {
    if (item.kind !== 'object') reportType(ledger, item, 'an object');
    for (const scopes of item.members.values()) if (scopes.kind !== 'array') reportType(ledger, scopes, 'a list');
  }
}

/** One way to sign in, with its scopes. */
function copiedRequirement(item: SourceNode, ledger: Ledger): OutNode {
  const result = outObject({}, item);
  for (const scopes of item.members.values())
    result.members.set(scopes.name, scopes.kind === 'array' ? copiedTexts(scopes, ledger) : outArray([]));
  return result;
}

function statedAlternatives(root: SourceNode | undefined, operations: readonly SourceNode[]): readonly Alternative[] {
  if (root) return alternativesIn(root);
  // Without one for all, what most operations say counts.
  const counts = new Map<string, { readonly alternatives: readonly Alternative[]; count: number }>();
  for (const operation of operations) {
    const alternatives = alternativesIn(operation);
    const key = JSON.stringify(alternatives);
    const known = counts.get(key) ?? { alternatives, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  const [most] = [...counts.values()].toSorted((one, other) => other.count - one.count);
  return most?.alternatives ?? [];
}

function chosenAlternatives(
  stated: readonly Alternative[],
  names: readonly string[],
  { security }: SecurityOptions,
): { readonly alternatives: readonly Alternative[]; readonly isMade: boolean } {
  if (security) return { alternatives: security.map((name) => [name]), isMade: false };
  if (stated.length > 0) return { alternatives: stated, isMade: false };
  return { alternatives: names.map((name) => [name]), isMade: true };
}

interface Choice {
  readonly place: SourceNode;
  readonly ways: readonly (readonly SignInMethod[])[];
  readonly alternatives: readonly Alternative[];
  readonly isMade: boolean;
}

function reportChoice({ place, ways, alternatives, isMade }: Choice, { ledger }: ConversionState): void {
  const [first] = ways;
  const [signIn] = first ?? [];
  const isOptional = alternatives.some((names) => names.length === 0);
  if (signIn && isMade) ledger.add('security-made', place, { name: signIn.name });
  if (signIn && isOptional) ledger.add('security-optional', place);
  if (ways.length > 1) ledger.add('security-alternatives', place, { n: ways.length });
  if (!signIn && alternatives.some((names) => names.length > 0)) ledger.add('security-none-left', place);
}

function assembled(
  ways: readonly (readonly SignInMethod[])[],
  root: SourceNode | undefined,
  state: ConversionState,
): ConvertedSecurity {
  const definitions = outObject();
  for (const signIn of ways.flat()) definitions.members.set(signIn.name, signIn.definition);
  const { byWay, byName } = requirementsIn(root);
  const requirement = outArray(
    ways.map((way) => {
      const entry = outObject();
      const own = byWay.get(keyOf(way.map(({ name }) => name)));
      for (const { name } of way) {
        // Those beside the others of the same way, else the first.
        const scopes = (own ?? byName.get(name))?.members.get(name);
        entry.members.set(name, scopes?.kind === 'array' ? copiedTexts(scopes, state.ledger) : outArray([]));
      }
      return entry;
    }),
    root,
  );
  const [only] = ways;
  const result = { definitions, requirement: ways.length > 0 ? requirement : undefined, signIns: ways.flat() };
  if (!only) return { ...result, properties: { connectionParameters: {} }, policies: [] };
  if (ways.length === 1) return { ...result, ...oneWay(only, state) };
  return { ...result, ...parameterSets(ways) };
}

/** The items of a requirement, the first of each kind. */
interface Requirements {
  /** By all schemes that they ask for, as {@link keyOf} has them. */
  readonly byWay: ReadonlyMap<string, SourceNode>;
  /** By each of these schemes. */
  readonly byName: ReadonlyMap<string, SourceNode>;
}

function requirementsIn(root: SourceNode | undefined): Requirements {
  const [byWay, byName] = [new Map<string, SourceNode>(), new Map<string, SourceNode>()];
  for (const item of root?.items ?? []) {
    const key = keyOf([...item.members.keys()]);
    if (!byWay.has(key)) byWay.set(key, item);
    for (const name of item.members.keys()) if (!byName.has(name)) byName.set(name, item);
  }
  return { byWay, byName };
}

/** What tells one way to sign in from others. */
function keyOf(names: Alternative): string {
  return JSON.stringify(names.toSorted());
}

function oneWay(way: readonly SignInMethod[], { ledger }: ConversionState) {
  const [first, ...others] = way;
  const parameters: Record<string, unknown> = { ...first?.parameters };
  const policies: PolicyInstance[] = [];
  for (const { name, node, key, parameters: own } of others) {
    if (!key) {
      Object.assign(parameters, own);
      continue;
    }
    parameters[name] = describedKey(own['api_key'], name);
    const policy = keyPolicy(key, `@connectionParameters('${name}')`);
    policies.push(policy);
    ledger.add('security-together', node, { name, templateId: policy.templateId, first: first?.name ?? '' });
  }
  return { properties: { connectionParameters: parameters }, policies };
}

function describedKey(parameter: unknown, name: string): unknown {
  const words = wordsOf(name);
  return JSON.parse(JSON.stringify(parameter), (member, value: unknown) => (member === 'displayName' ? words : value));
}

function parameterSets(ways: readonly (readonly SignInMethod[])[]) {
  const hasOneKey = ways.flat().filter(({ key }) => key).length === 1;
  const values = ways.map((way) => {
    const [first] = way;
    const words = wordsOf(first?.name ?? '');
    const parameters = Object.fromEntries(way.flatMap((signIn) => Object.entries(namedParameters(signIn, hasOneKey))));
    const uiDefinition = { displayName: words, description: `Sign in with ${words}.` };
    return { name: first?.name, uiDefinition, parameters };
  });
  const policies = ways.flatMap((way) =>
    way.flatMap((signIn) => {
      const [parameter] = Object.keys(namedParameters(signIn, hasOneKey));
      return signIn.key && parameter !== undefined
        ? [keyPolicy(signIn.key, `@connectionParameters('${parameter}','')`, existsAction(signIn.key))]
        : [];
    }),
  );
  const uiDefinition = { displayName: 'Sign-in', description: 'How you sign in.' };
  return { properties: { connectionParameterSets: { uiDefinition, values } }, policies };
}

/** The policy of a bearer token runs for users of other ways as well, whose own header must stay. */
function existsAction({ place, name }: NonNullable<SignInMethod['key']>): 'override' | 'skip' {
  return place === 'header' && name.toLowerCase() === 'authorization' ? 'skip' : 'override';
}

/** Several keys have names of their own: a policy reads its key by name, whichever set the user has chosen. */
function namedParameters({ name, key, parameters }: SignInMethod, hasOneKey: boolean): JsonObject {
  return key && !hasOneKey ? { [name]: describedKey(parameters['api_key'], name) } : parameters;
}

/** The requirement of an operation, without schemes that the result doesn't have. */
export function operationSecurity(
  requirement: SourceNode,
  id: string,
  { signIns }: ConvertedSecurity,
  { ledger }: ConversionState,
): OutNode | undefined {
  if (requirement.items.length === 0) return outArray([], requirement);
  reportWrong(requirement, ledger);
  const known = new Set(signIns.map(({ name }) => name));
  const usable = distinctItems(requirement, ledger).filter((item) => {
    const missing = [...item.members.keys()].filter((name) => !known.has(name));
    const isUsable = missing.length === 0;
    if (!isUsable) ledger.add('security-operation', item, { id, name: missing.join("', '") });
    return isUsable;
  });
  // Without any, that of the document counts.
  return usable.length === 0
    ? undefined
    : outArray(
        usable.map((item) => copiedRequirement(item, ledger)),
        requirement,
      );
}

/** The names of schemes that a document has. */
export function schemeNames(schemes: SourceNode | undefined): readonly string[] {
  return [...(schemes?.members.keys() ?? [])];
}
