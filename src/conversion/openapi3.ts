import { reportComponents } from './components.ts';
import type { ConversionOptions, ConvertedDocument } from './conversion.ts';
import { cutSchemas } from './cut-schemas.ts';
import { definitionsFor, DefinitionNames } from './definitions.ts';
import { calledOperations } from './called-operations.ts';
import { extensionCopier, valueCopier } from './extensions.ts';
import { convertDocumentation } from './documentation.ts';
import { Fields } from './fields.ts';
import { convertInformation, convertTags } from './information.ts';
import { Ledger } from './ledger.ts';
import { objectMember, outArray, outObject, type OutObject, outText, setMembers } from './output-tree.ts';
import { isIgnoredHeader } from './parameters.ts';
import { finishPathItems } from './path-items.ts';
import { convertPaths } from './paths.ts';
import { Reach } from './reach.ts';
import { type LoadFile, ReferenceResolver } from './references.ts';
import { reportBroken } from './report-broken.ts';
import { Schemas } from './schemas.ts';
import { convertSecurity } from './security.ts';
import { withNamedOperations } from './named-operations.ts';
import { select } from './select.ts';
import { convertServers } from './servers.ts';
import { SharedParts } from './shared-parts.ts';
import {
  requestPartsOf,
  otherOperations,
  readOperations,
  readPaths,
  rootsOf,
  type SourceOperation,
} from './source-operations.ts';
import { memberOf, type DescriptionFile, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

/** A document of OpenAPI 3.0 or 3.1. Raises `UsageError` for options that don't fit it. */
export async function convertOpenApi3(
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

  const version = sourceText(root.members.get('openapi')) ?? '';
  const state = newState({ version, root, ledger, references, reach, selected, all });
  const fields = new Fields(root, ledger);
  fields.take('openapi');
  const components = root.members.get('components');
  const server = convertServers(fields.list('servers'), options, state);
  const security = convertSecurity(
    memberOf(components, 'securitySchemes'),
    fields.list('security'),
    operations.flatMap(({ node }) => node.members.get('security') ?? []),
    { ...options, baseUrl: server.url.href },
    state,
  );
  const shared = new SharedParts(components);
  const info = convertInformation(fields.object('info'), root, options, state);
  const pathsNode = fields.object('paths');
  const paths = convertPaths(operations, pathsNode, { state, shared, security, server: server.url });
  finishPathItems(pathsNode, paths.paths, { items, all, selected, converted: paths.operations }, state);
  const { parameters, responses } = shared.members();
  const result = outObject({ swagger: outText('2.0', root.members.get('openapi')), info }, root);
  const { protocol, host, pathname } = server.url;
  setMembers(result, {
    host: outText(host, server.node),
    basePath: outText(pathname.replace(/(?<=.)\/$/u, '')),
    schemes: outArray([outText(protocol.slice(0, -1))]),
    consumes: outArray([outText('application/json')]),
    produces: outArray([outText('application/json')]),
    paths: paths.paths,
    definitions: outObject(),
    parameters,
    responses,
    securityDefinitions: security.definitions.members.size > 0 ? security.definitions : undefined,
    security: security.requirement,
    tags: convertTags(fields.list('tags'), state),
  });
  finishRoot(fields, result, state);
  const definitions = writeDefinitions(result, state, root);
  const used = new Set([
    ...reach.from(paths.operations.flatMap(rootsOf)),
    ...paths.operations.flatMap(({ pathItem }) => pathItem.layers),
  ]);
  reportComponents(
    { components, used, wanted: selected.length < all.length ? reached : undefined, shared, definitions },
    state,
  );
  const { connectionParameters, policies } = server;
  return {
    root: result,
    properties: withServer(security.properties, connectionParameters, [
      ...policies,
      ...paths.policies,
      ...security.policies,
    ]),
    entries: ledger.entries,
    files: references.files,
    sourceOperations: all.length + otherOperations(items),
    notes: [...notes, ...signInNotes(security.signIns)],
  };
}

interface StateParts {
  readonly version: string;
  readonly root: SourceNode;
  readonly ledger: Ledger;
  readonly references: ReferenceResolver;
  readonly reach: Reach;
  readonly selected: readonly SourceOperation[];
  readonly all: readonly SourceOperation[];
}

function newState({ version, root, ledger, references, reach, selected, all }: StateParts): ConversionState {
  const names = new DefinitionNames(memberOf(root, 'components', 'schemas'));
  const called = calledOperations(all, references, isIgnoredHeader);
  const extension = extensionCopier({ references, names, called, ledger });
  const isInput = requestPartsOf(selected, reach);
  const hasSiblings = !version.startsWith('3.0');
  const example = valueCopier(references, ledger);
  const schemas = new Schemas({
    ledger,
    version,
    references,
    names,
    hasSiblings,
    keepsForm: false,
    isInput,
    extension,
    example,
  });
  return { version, ledger, references, names, schemas, extension, example };
}

/** Adds the definitions that the result refers to. What is too large for the platform is cut before. */
function writeDefinitions(result: OutObject, state: ConversionState, root: SourceNode): OutObject {
  const { names, schemas, ledger } = state;
  const origin = memberOf(root, 'components', 'schemas');
  // All must be there before anything can be counted.
  definitionsFor([result], names, schemas.convert, origin);
  const parts = ['paths', 'parameters', 'responses'].map((name) => objectMember(result, name));
  cutSchemas(parts, { ledger, resolved: schemas.written, document: root });
  const definitions = definitionsFor([result], names, schemas.convert, origin);
  if (definitions.members.size > 0) result.members.set('definitions', definitions);
  else result.members.delete('definitions');
  names.report(definitions, ledger);
  return definitions;
}

function finishRoot(fields: Fields, result: OutObject, state: ConversionState): void {
  const { ledger, extension, version } = state;
  setMembers(result, { externalDocs: convertDocumentation(fields.object('externalDocs'), state) });
  fields.object('components');
  // Documents of 3.0 have them as an extension.
  for (const name of ['webhooks', 'x-webhooks'])
    for (const webhook of fields.object(name)?.members.values() ?? [])
      ledger.add('webhook', webhook, { name: webhook.name });
  for (const name of ['jsonSchemaDialect', '$self']) {
    const member = fields.take(name);
    if (member) ledger.add('schema-dialect', member, { name });
  }
  for (const member of fields.rest()) {
    const { name } = member;
    if (!name.startsWith('x-')) ledger.add('member-unknown', member, { name, version });
    else result.members.set(name, extension(member));
  }
}

function withServer(
  properties: Readonly<Record<string, unknown>>,
  connectionParameters: Readonly<Record<string, unknown>>,
  policyTemplateInstances: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const { connectionParameters: own, ...others } = properties;
  const hasOwn = Object.keys(connectionParameters).length > 0 || own !== undefined;
  const all = { ...(typeof own === 'object' ? own : {}), ...connectionParameters };
  return { ...(hasOwn && { connectionParameters: all }), ...others, policyTemplateInstances };
}

const microsoft =
  /^https:\/\/login\.(?:microsoftonline\.com|microsoftonline\.us|partner\.microsoftonline\.cn|windows\.net)\//u;

function signInNotes(signIns: readonly { readonly authorizationUrl?: string }[]): readonly string[] {
  return signIns.some(({ authorizationUrl }) => microsoft.test(authorizationUrl ?? ''))
    ? ['The API uses Microsoft Entra ID. To use its identity provider, run: paconn init --auth entra-id']
    : [];
}
