import { calledOperations } from './called-operations.ts';
import type { ConversionOptions, ConvertedDocument } from './conversion.ts';
import { cutSchemas } from './cut-schemas.ts';
import { definitionsFor, DefinitionNames } from './definitions.ts';
import { extensionCopier, valueCopier } from './extensions.ts';
import { convertInformation, convertTags } from './information.ts';
import { knownMembers } from './known-members2.ts';
import { Ledger } from './ledger.ts';
import { convertedOperations } from './limits.ts';
import { convertMethod2, definedMethods, keptRequirements } from './methods2.ts';
import { withNamedOperations } from './named-operations.ts';
import { memberText, objectMember, type OutNode, outObject, type OutObject, outText } from './output-tree.ts';
import { convertParameter2, isOpenApi3, isUsableParameter } from './parameters2.ts';
import { finishPathItems } from './path-items.ts';
import { writePaths2 } from './paths2.ts';
import { Reach } from './reach.ts';
import { type LoadFile, ReferenceResolver } from './references.ts';
import { reportBroken } from './report-broken.ts';
import { convertResponse2 } from './responses2.ts';
import { Schemas } from './schemas.ts';
import { convertSecurity, operationSecurity } from './security.ts';
import { select } from './select.ts';
import { writeServer2 } from './server2.ts';
import {
  requestPartsOf,
  otherOperations,
  readOperations,
  readPaths,
  rootsOf,
  type SourceOperation,
} from './source-operations.ts';
import { type DescriptionFile, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { isBlank } from './words.ts';
import { reportType } from './wrong-type.ts';

/** A document of OpenAPI 2.0: it stays as it is, with what connectors need besides. */
export async function convertOpenApi2(
  source: DescriptionFile,
  options: ConversionOptions,
  load: LoadFile,
): Promise<ConvertedDocument> {
  const { root } = source;
  const { repairsOnly = false } = options;
  const ledger = new Ledger();
  const references = new ReferenceResolver(source, load);
  const reach = new Reach(references);
  const items = await readPaths(root.members.get('paths'), references);
  const all = readOperations(items, ledger);
  const { selected, notes } = withNamedOperations(all, select(all, options), { reach, ledger });
  const reached = await reach.explore(selected.flatMap(rootsOf));
  const operations = reportBroken(selected, reach.broken(), ledger);
  const state = newState({ root, ledger, references, reach, selected, all });
  const wanted = selected.length < all.length ? reached : undefined;
  const shared = (section: SourceNode): OutObject => writeShared(section, wanted, state);
  const result = knownMembers('definition', root, state, {
    swagger: (member) => outText('2.0', member),
    info: () => outObject(),
    paths: (member) => {
      const { paths, operations: converted } = writePaths2(member, operations, { state, repairsOnly });
      finishPathItems(member, paths, { items, all, selected, converted }, state);
      return paths;
    },
    definitions: shared,
    parameters: shared,
    responses: shared,
    ...(!repairsOnly && { securityDefinitions: (member) => definedMethods(member, state) }),
    security: (member) => keptRequirements(member, { id: 'The document', repairsOnly }, state),
    tags: (member) => convertTags(member, state),
  });
  const info = convertInformation(root.members.get('info'), root, options, state);
  if (!repairsOnly) result.members.set('info', info);
  else if (result.members.has('info')) result.members.set('info', statedInformation(info));
  const server = writeServer2(result, root, options, ledger);
  finishDefinitions(result, state, root);
  const written = {
    root: result,
    files: references.files,
    sourceOperations: all.length + otherOperations(items),
    notes,
  };
  if (repairsOnly) return { ...written, properties: {}, entries: ledger.entries };
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
    ...written,
    properties: { ...security.properties, policyTemplateInstances: security.policies },
    entries: ledger.entries,
  };
}

/** Title and description only as far as the source has them. */
function statedInformation(info: OutObject): OutObject {
  const source = info.origin?.members;
  for (const name of ['title', 'description']) if (isBlank(sourceText(source?.get(name)))) info.members.delete(name);
  return info;
}

interface StateParts {
  readonly root: SourceNode;
  readonly ledger: Ledger;
  readonly references: ReferenceResolver;
  readonly reach: Reach;
  readonly selected: readonly SourceOperation[];
  readonly all: readonly SourceOperation[];
}

function newState({ root, ledger, references, reach, selected, all }: StateParts): ConversionState {
  const [version, keepsForm, hasSiblings] = ['2.0', true, true];
  const sections = ['definitions', 'parameters', 'responses'].flatMap((name) => root.members.get(name) ?? []);
  const names = new DefinitionNames(root.members.get('definitions'), sections);
  const called = calledOperations(all, references, () => false);
  const extension = extensionCopier({ references, names, called, ledger });
  const around = { version, ledger, references, names, extension, example: valueCopier(references, ledger) };
  const isInput = requestPartsOf(selected, reach);
  return { ...around, schemas: new Schemas({ ...around, hasSiblings, keepsForm, isInput }) };
}

function replaceMember({ members }: OutObject, name: string, value: OutNode | undefined): void {
  if (value) members.set(name, value);
  else members.delete(name);
}

/** Definitions, parameters, or responses; of a selection only those that it reaches. */
function writeShared(
  section: SourceNode,
  reached: ReadonlySet<SourceNode> | undefined,
  state: ConversionState,
): OutObject {
  const result = outObject({}, section);
  for (const node of section.members.values()) {
    const value = reached && !reached.has(node) ? undefined : convertShared(node, section.name, state);
    if (!value) continue;
    const name = state.names.nameOf(node);
    if (name !== node.name) state.ledger.add('component-renamed', node, { old: node.name, new: name });
    result.members.set(name, value);
  }
  return result;
}

function convertShared(node: SourceNode, section: string, state: ConversionState): OutObject | undefined {
  const { ledger, references, schemas } = state;
  if (section === 'definitions') return schemas.convert(node);
  if (section === 'responses') return convertResponse2(node, 'default', state);
  const target = references.valueOf(node);
  if (!target) return undefined;
  if (target.kind !== 'object') reportType(ledger, target, 'an object');
  if (target.kind !== 'object' || !isUsableParameter(node, target, state)) return undefined;
  if (isOpenApi3(target)) ledger.add('component-inlined', node, { name: node.name });
  const [parameter] = isOpenApi3(target) ? [] : convertParameter2(target, state);
  return parameter;
}

/** Adds definitions that have no name in the document, and makes bodies and responses smaller that are too large for the platform. */
function finishDefinitions(result: OutObject, { names, schemas, ledger }: ConversionState, document: SourceNode): void {
  const definitions = definitionsFor([result], names, schemas.convert, undefined);
  const there = objectMember(result, 'definitions');
  if (!there && definitions.members.size > 0) result.members.set('definitions', definitions);
  for (const [name, definition] of there ? definitions.members : [])
    if (!there?.members.has(name)) there?.members.set(name, definition);
  const parts = ['paths', 'parameters', 'responses'].map((name) => objectMember(result, name));
  cutSchemas(parts, { ledger, resolved: schemas.written, document });
}
