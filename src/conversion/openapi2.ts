import type { ConversionOptions, ConvertedDocument } from './conversion.ts';
import { definitionsFor, DefinitionNames } from './definitions.ts';
import { Fields } from './fields.ts';
import { convertInformation } from './information.ts';
import { Ledger } from './ledger.ts';
import { copiedList2, isUsableParameter } from './lists2.ts';
import { convertMethod2 } from './methods2.ts';
import { isLimit2, repairObject2 } from './objects2.ts';
import {
  copied,
  copiedText,
  memberText,
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
} from './output-tree.ts';
import { writePaths2 } from './paths2.ts';
import { Reach } from './reach.ts';
import { type LoadFile, ReferenceResolver } from './references.ts';
import { repairedResponse2 } from './responses2.ts';
import { reportBroken } from './report-broken.ts';
import { convertedOperations } from './limits.ts';
import { convertSecurity, operationSecurity } from './security.ts';
import { readKeyword } from './schema-keywords.ts';
import { schemaName } from './schema-names.ts';
import { select } from './select.ts';
import { HostMissing, hostUrl } from './servers.ts';
import { otherOperations, readOperations, readPaths, rootsOf } from './source-operations.ts';
import { type DescriptionFile, referenceOf, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { bareState } from './state2.ts';
import { isTextMember } from './texts2.ts';
import { reportType } from './wrong-type.ts';
import { withNamedOperations } from './named-operations.ts';

/** A document of OpenAPI 2.0: it stays as it is, with what connectors need besides. */
export async function convertOpenApi2(
  source: DescriptionFile,
  options: ConversionOptions,
  load: LoadFile,
): Promise<ConvertedDocument> {
  const { root } = source;
  const ledger = new Ledger();
  const references = new ReferenceResolver(source, load);
  const reach = new Reach(references);
  const items = await readPaths(root.members.get('paths'), references);
  const all = readOperations(items, ledger);
  const { selected, notes } = withNamedOperations(all, select(all, options), { reach, ledger });
  const reached = await reach.explore(selected.flatMap(rootsOf));
  const operations = reportBroken(selected, reach.broken(), ledger);
  const names = new DefinitionNames(root.members.get('definitions'));
  const state = bareState({ root, ledger, references, names, copy: copier(references, names, ledger) });

  const result = outObject({}, root);
  for (const member of root.members.values()) {
    if (member.name === 'paths') result.members.set('paths', writePaths2(member, operations, state));
    else if (member.name === 'info') result.members.set('info', outObject());
    else if (['definitions', 'parameters', 'responses'].includes(member.name))
      result.members.set(member.name, writeShared(member, selected.length < all.length ? reached : undefined, state));
    else result.members.set(member.name, state.extension(member));
  }
  result.members.set('info', convertInformation(root.members.get('info'), root, options, state));
  const server = writeServer(result, root, options, ledger);
  const definitions = definitionsFor([result], names, (node) => asObject(state.extension(node)), undefined);
  addDefinitions(result, definitions);
  const staysWhole = options.security === undefined;
  const security = convertSecurity(
    root.members.get('securityDefinitions'),
    root.members.get('security'),
    operations.flatMap(({ node }) => node.members.get('security') ?? []),
    { ...options, baseUrl: server.href },
    state,
    { toMethod: (node, own, around) => convertMethod2(node, own, around, staysWhole), staysWhole },
  );
  if (!staysWhole) {
    const { definitions: schemes, requirement } = security;
    replaceMember(result, 'securityDefinitions', schemes.members.size > 0 ? schemes : undefined);
    replaceMember(result, 'security', requirement);
    for (const { operation } of convertedOperations(result)) {
      const own = operation.members.get('security')?.origin;
      const id = memberText(operation, 'operationId') ?? '';
      if (own) replaceMember(operation, 'security', operationSecurity(own, id, security, state));
    }
  }
  return {
    root: result,
    properties: { ...security.properties, policyTemplateInstances: security.policies },
    entries: ledger.entries,
    files: references.files,
    sourceOperations: all.length + otherOperations(items),
    notes,
  };
}

/** Copies values. What is in another file becomes a definition, or is written where it's used. A text without a value goes. */
function copier(references: ReferenceResolver, names: DefinitionNames, ledger: Ledger): (node: SourceNode) => OutNode {
  const open = new Set<SourceNode>();
  const isKept = (node: SourceNode): boolean => {
    const isEmpty = node.kind === 'null' && isTextMember(node);
    if (isEmpty) reportType(ledger, node, 'text');
    return !isEmpty;
  };
  const copy = (node: SourceNode): OutNode => {
    if (node.kind === 'array') return copiedList2(node, { ledger, references, copy, isKept });
    if (node.kind !== 'object') return isTextMember(node) ? copiedText(node) : copied(node);
    const reference = referenceOf(node);
    const target = reference === undefined ? undefined : references.resolve(node, reference);
    if (reference !== undefined && target && 'node' in target && !/^#\/(?:parameters|responses)\//u.test(reference)) {
      const isParameter = target.node.members.has('in') || target.node.members.has('schema');
      if (isParameter && !open.has(target.node)) {
        open.add(target.node);
        const inPlace = copy(target.node);
        open.delete(target.node);
        return inPlace;
      }
      return outObject({ $ref: outText(names.referenceTo(target.node), node.members.get('$ref')) }, node);
    }
    const result = outObject({}, node);
    const convert = (part: SourceNode): OutObject => asObject(copy(part));
    const around = { schema: node, name: schemaName(node), out: result, ledger, version: '2.0', convert };
    for (const [name, member] of node.members)
      if (isLimit2(member)) readKeyword(member, { ...around, extension: copy, example: copy });
      else if (isKept(member)) result.members.set(name, copy(member));
    repairObject2(node, result, ledger);
    return result;
  };
  return copy;
}

function replaceMember({ members }: OutObject, name: string, value: OutNode | undefined): void {
  if (value) members.set(name, value);
  else members.delete(name);
}

function asObject(node: OutNode): OutObject {
  return node.kind === 'object' ? node : outObject();
}

/** Definitions, parameters, or responses; of a selection only those that it reaches. */
function writeShared(
  section: SourceNode,
  reached: ReadonlySet<SourceNode> | undefined,
  state: ConversionState,
): OutObject {
  const { extension, ledger } = state;
  const result = outObject({}, section);
  for (const node of section.members.values()) {
    if (reached && !reached.has(node)) continue;
    if (section.name === 'parameters' && !isUsableParameter(node, node, ledger)) continue;
    const copy = extension(node);
    const isResponse = section.name === 'responses' && copy.kind === 'object';
    result.members.set(node.name, isResponse ? repairedResponse2(node, copy, 'default', state) : copy);
  }
  return result;
}

/** Definitions that come from other files. */
function addDefinitions(result: OutObject, definitions: OutObject): void {
  const there = result.members.get('definitions');
  if (there?.kind !== 'object') {
    if (definitions.members.size > 0) result.members.set('definitions', definitions);
    return;
  }
  for (const [name, definition] of definitions.members)
    if (!there.members.has(name)) there.members.set(name, definition);
}

/** Host, base path, and schemes, where the document has none or somebody wants others. */
function writeServer(result: OutObject, root: SourceNode, options: ConversionOptions, ledger: Ledger): URL {
  const fields = new Fields(root, ledger);
  const [host, basePath, schemes] = [fields.take('host'), fields.take('basePath'), fields.take('schemes')];
  const given = options.host === undefined ? undefined : hostUrl(options.host);
  const path = sourceText(basePath) ?? '/';
  const scheme = sourceText(schemes?.items.find(({ text }) => text === 'https') ?? schemes?.items[0]) ?? 'https';
  if (!given && host) {
    if (!schemes) result.members.set('schemes', outArray([outText('https')]));
    const url = `${scheme}://${host.text}${path.startsWith('/') ? path : `/${path}`}`;
    return new URL(URL.canParse(url) ? url : 'https://localhost');
  }
  const base = given ?? (options.sourceUrl === undefined ? undefined : new URL('/', options.sourceUrl));
  if (!base) throw new HostMissing();
  const url = base.pathname === '/' ? new URL(path.startsWith('/') ? path : `/${path}`, base) : base;
  if (!given) ledger.add('server-relative', root, { host: url.host });
  result.members.set('host', outText(url.host, host));
  result.members.set('basePath', outText(url.pathname.replace(/(?<=.)\/$/u, ''), basePath));
  result.members.set('schemes', outArray([outText(url.protocol.slice(0, -1))], schemes));
  return url;
}
