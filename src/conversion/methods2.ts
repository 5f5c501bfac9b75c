import { connectionParameters } from '../connector/new-authentication.ts';
import { copied, outObject } from './output-tree.ts';
import { missingClientId, type SchemeOptions, type SignInMethod } from './security-schemes.ts';
import { type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

/**
 * What a security definition of OpenAPI 2.0 asks whoever makes a connection; undefined for what connectors can't do.
 * @param staysWhole Whether the definition stays where it is all the same.
 */
export function convertMethod2(
  node: SourceNode,
  options: SchemeOptions,
  { ledger }: ConversionState,
  staysWhole: boolean,
): SignInMethod | undefined {
  const { name, members } = node;
  const definition = copied(node);
  const common = { name, node, definition: definition.kind === 'object' ? definition : outObject() };
  const text = (member: string): string | undefined => sourceText(members.get(member));
  const type = text('type');
  if (type === 'basic') return { ...common, parameters: connectionParameters({ kind: 'basic' }) };
  if (type === 'apiKey') {
    const place = text('in') === 'query' ? 'query' : 'header';
    const header = text('name') ?? 'X-API-Key';
    return { ...common, parameters: connectionParameters({ kind: 'api-key', header }), key: { place, name: header } };
  }
  const flow = text('flow') ?? 'an unknown flow';
  const authorizationUrl = options.authorizationUrl ?? text('authorizationUrl');
  const tokenUrl = options.tokenUrl ?? text('tokenUrl');
  if (type !== 'oauth2' || authorizationUrl === undefined || tokenUrl === undefined) {
    const isImplicit = type === 'oauth2' && flow === 'implicit';
    if (staysWhole) ledger.add(isImplicit ? 'security-implicit-kept' : 'security-kept', node, { name });
    else if (isImplicit) ledger.add('security-implicit', node, { name }, 'dropped');
    else ledger.add('security-flow-unsupported', node, { name, flow });
    return undefined;
  }
  const scopes = [...(members.get('scopes')?.members.keys() ?? [])];
  const clientId = options.clientId ?? missingClientId;
  const parameters = connectionParameters({ kind: 'oauth2', clientId, authorizationUrl, tokenUrl, scopes });
  return { ...common, parameters, authorizationUrl };
}
