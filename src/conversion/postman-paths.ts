import type { Ledger } from './ledger.ts';
import { objectMember, outArray, outObject, type OutObject } from './output-tree.ts';
import { parsePath, pathShape } from './path-names.ts';
import { hostPolicy, type PolicyInstance } from './policies.ts';
import { postmanOperation, type PostmanPath, postmanPath, type RequestGroup } from './postman-operations.ts';
import { postmanPlace, type PostmanServer } from './postman-places.ts';
import type { PostmanRequest } from './postman-requests.ts';
import { type PostmanSignIn, statedWithoutSignIn } from './postman-sign-in.ts';
import { connectorMethods } from './source-operations.ts';
import type { ConversionState } from './state.ts';

export interface PostmanPaths {
  readonly paths: OutObject;
  readonly policies: readonly PolicyInstance[];
}

/** The operations of all requests, with policies for those of other servers. */
export function postmanPaths(
  requests: readonly PostmanRequest[],
  server: PostmanServer,
  security: PostmanSignIn,
  state: ConversionState,
): PostmanPaths {
  const paths = outObject();
  const calls = new Map<string, string[]>();
  const placed = requests.flatMap((request) => placedRequest(request, server, state.ledger) ?? []);
  for (const group of groupsOf(placed, state.ledger)) {
    const { first, path } = group;
    const operation = postmanOperation(group, security.headers, state);
    const without = security.requirement && statedWithoutSignIn(first);
    if (without) operation.members.set('security', outArray([], without));
    const item = objectMember(paths, path.path) ?? outObject();
    item.members.set(first.method, operation);
    paths.members.set(path.path, item);
    const { policyUrl } = first;
    if (policyUrl !== undefined) calls.set(policyUrl, [...(calls.get(policyUrl) ?? []), first.id]);
  }
  return { paths, policies: [...calls].map(([url, ids]) => hostPolicy(url, ids)) };
}

/** A request with the path that it has on its server. */
interface PlacedRequest extends PostmanRequest {
  readonly policyUrl: string | undefined;
}

/** Undefined for one that a connector can't have, which is reported. */
function placedRequest(request: PostmanRequest, server: PostmanServer, ledger: Ledger): PlacedRequest | undefined {
  const { method, node, id, url } = request;
  if (!connectorMethods.has(method)) {
    ledger.leaveOutFor('method', node, { method: method.toUpperCase(), id });
    return undefined;
  }
  const place = postmanPlace(request, server, ledger);
  if (!place) return undefined;
  const placed = { ...request, url: { ...url, segments: place.segments }, policyUrl: place.policyUrl };
  const { path } = postmanPath(placed);
  const { problem } = parsePath(path);
  if (!problem) return placed;
  ledger.leaveOutFor(problem.rule, node, { name: problem.name, path });
  return undefined;
}

interface PlacedGroup extends RequestGroup {
  readonly first: PlacedRequest;
  readonly others: PlacedRequest[];
}

/** Requests that call the same, together. On another server they can't be told from each other. */
function groupsOf(requests: readonly PlacedRequest[], ledger: Ledger): readonly PlacedGroup[] {
  const paths = new Map<string, PostmanPath>();
  const groups = new Map<string, PlacedGroup>();
  for (const request of requests) {
    const { method, node, name } = request;
    const own = postmanPath(request);
    const shape = pathShape(own.path);
    const path = called(own, paths.get(shape) ?? own);
    paths.set(shape, path);
    const key = `${method} ${shape}`;
    const group = groups.get(key);
    if (!group) groups.set(key, { first: request, others: [], path });
    else if (group.first.policyUrl === request.policyUrl) {
      ledger.add('postman-request-same', node, { name, other: group.first.name });
      group.others.push(request);
    } else
      ledger.leaveOutFor('path-same', node, { method: method.toUpperCase(), path: path.path, other: group.first.id });
  }
  return [...groups.values()];
}

/** A path whose variables are called as those of the first request that calls it. */
function called(own: PostmanPath, first: PostmanPath): PostmanPath {
  const variables = own.variables.map((variable, index) => ({
    ...variable,
    name: first.variables[index]?.name ?? variable.name,
  }));
  return { path: first.path, variables };
}
