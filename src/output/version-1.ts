import { relative, resolve } from 'node:path';
import { isJsonObject, type PlainJson } from './plain-json.ts';

type PlainObject = { [name: string]: PlainJson };
type Reshape = (data: PlainObject, place: Place) => PlainObject;

/** Where paths of a result start from. */
export interface Place {
  readonly workingDirectory: string;
}

/**
 * A result in the shape that results had before names were the same in all commands. Scripts ask for it by `--json-version 1`; this
 * file is the one place that knows it. Undefined for commands that are younger.
 */
export function inVersion1(command: string, data: PlainObject, place: Place): PlainObject | undefined {
  return shapes[command]?.(data, place);
}

const unchanged: Reshape = (data) => data;

const shapes: Readonly<Record<string, Reshape>> = {
  environments: unchanged,
  login: unchanged,
  logout: unchanged,
  config: unchanged,
  completion: unchanged,
  list: ({ connectors, failures }) => ({
    connectors: each(connectors, listed),
    ...(failures !== undefined && {
      failures: each(failures, ({ environment, error }) => ({
        environment: idOf(environment),
        ...chosen(error, 'message', 'exitCode'),
      })),
    }),
  }),
  show: ({ connectorId, url: _url, environment, ...data }) => ({
    id: connectorId ?? null,
    name: data['name'] ?? null,
    environment: idOf(environment),
    ...data,
    operations: each(data['operations'], ({ operationId, ...operation }) => ({
      id: operationId ?? null,
      ...operation,
    })),
    createdBy: nameOf(data['createdBy']),
    changedBy: nameOf(data['changedBy']),
  }),
  download: (data, place) =>
    'connectors' in data
      ? { connectors: each(data['connectors'], (entry) => oneOfAllDownloaded(entry, data['folder'])) }
      : downloaded(data, place),
  create: (data) => (isDryRun(data) ? planned(data) : chosenTarget(data, 'changedTime', 'redirectUrls')),
  update: (data) => oneOrSeveral(data, updated),
  deploy: (data) => oneOrSeveral(data, deployed),
  delete: ({ folder, ...data }, { workingDirectory }) => ({
    ...chosenTarget(data, 'name'),
    directory: typeof folder === 'string' ? resolve(workingDirectory, folder) : null,
  }),
  validate: (data) => {
    if ('policy' in data) return { ...data, rules: each(data['rules'], rule) };
    if ('rules' in data) return { rules: each(data['rules'], rule) };
    return 'rule' in data ? rule(data) : data;
  },
  diff: (data) => oneOrSeveral(data, compared),
  pull: (data) => oneOrSeveral(data, pulled),
  restore: (data, place) => {
    if ('backups' in data) return { states: each(data['backups'], (one) => backup(one, place)) };
    return isDryRun(data) ? planned(data) : { restored: data['restoredBackupId'] ?? null, ...chosenTarget(data) };
  },
  init: ({ name, folder, files }, { workingDirectory }) => ({
    title: name ?? null,
    directory: typeof folder === 'string' ? resolve(workingDirectory, folder) : null,
    files: namesOf(files),
  }),
  whoami: ({ account, accounts, defaults, ...data }) => ({
    account: each([account ?? null], formerAccount)[0] ?? null,
    accounts: each(accounts, formerAccount),
    ...data,
    defaults: withoutNulls(membersOf(defaults)),
  }),
};

function listed({ connectorId, name, environment, url: _url, ...data }: PlainObject): PlainObject {
  const named = { id: connectorId ?? null, name: name ?? null, environment: idOf(environment) };
  return { ...named, ...data, createdBy: nameOf(data['createdBy']) };
}

function downloaded(data: PlainObject, { workingDirectory }: Place): PlainObject {
  const { folder, files, missing = [], backupId } = data;
  const directory = typeof folder === 'string' ? resolve(workingDirectory, folder) : null;
  return { ...chosenTarget(data), directory, files: namesOf(files), missing, ...withoutNulls({ kept: backupId }) };
}

/** Its folder is relative to the one that holds all. */
function oneOfAllDownloaded(entry: PlainObject, parent: PlainJson | undefined): PlainObject {
  const { name, folder } = entry;
  const within = typeof folder === 'string' && typeof parent === 'string' ? relative(parent, folder) : undefined;
  return {
    ...chosenTarget(entry),
    ...(name !== undefined && { displayName: name }),
    ...(within !== undefined && { folder: within }),
    ...chosen(entry, 'missing'),
    ...outcomeAndError(entry),
  };
}

function updated(data: PlainObject): PlainObject {
  if (isDryRun(data)) return planned(data);
  return { ...outcome(data), ...chosenTarget(data, 'changedTime'), ...withoutNulls({ kept: data['backupId'] }) };
}

function deployed(data: PlainObject): PlainObject {
  // Nothing to do was the same with and without a dry run.
  if (isDryRun(data) && data['result'] !== 'unchanged') return planned(data);
  const { name, redirectUrls } = data;
  return { ...outcome(data), ...chosenTarget(data), ...withoutMissing({ displayName: name, redirectUrls }) };
}

function planned({
  requests,
  changes,
  breakingCount,
  conflict,
  solutionId: _solutionId,
  ...data
}: PlainObject): PlainObject {
  const isNew = data['result'] === 'created';
  return {
    ...(isNew ? { environment: idOf(data['environment']) } : chosenTarget(data)),
    requests: each(requests, withoutNulls),
    ...(!isNew && {
      ...(changes === null ? {} : { changes: each(changes, change) }),
      ...withoutNulls({ breakingCount }),
      conflict: each([conflict ?? null], formerConflict)[0] ?? null,
    }),
  };
}

function formerConflict({ changes, changedBy, ...conflict }: PlainObject): PlainObject {
  return { ...conflict, changes: each(changes, change), ...withoutNulls({ changedBy: nameOf(changedBy) }) };
}

function compared({ from, to, differences, breakingCount, changes, ...data }: PlainObject): PlainObject {
  const sides = withoutMissing({ from: from && sideWords(from), to: to && sideWords(to), differences });
  return {
    ...sides,
    ...withoutMissing({ breaking: breakingCount }),
    ...(changes !== undefined && { changes: each(changes, change) }),
    ...('folder' in data && outcome(data)),
  };
}

function sideWords(side: PlainJson): string {
  const { kind, folder, environment } = membersOf(side);
  if (kind === 'environment') return `the environment ${textOf(idOf(environment))}`;
  const isHere = folder === '.';
  if (kind === 'base') return isHere ? `the ${kind}` : `the ${kind} of ${textOf(folder)}`;
  return isHere ? 'the local files' : textOf(folder);
}

function textOf(value: PlainJson | undefined): string {
  return typeof value === 'string' ? value : '';
}

function pulled({ isDryRun: dryRun, files, changes, conflicts, ...data }: PlainObject): PlainObject {
  return {
    ...chosenTarget(data),
    ...withoutMissing({ dryRun }),
    ...outcome(data),
    ...(files !== undefined && { files: namesOf(files) }),
    ...(changes !== undefined && { changes: each(changes, change) }),
    ...(conflicts !== undefined && {
      conflicts: each(conflicts, ({ part, pointer, ours, theirs }) =>
        withoutMissing({ part, place: pointer, ours, theirs }),
      ),
    }),
  };
}

function backup(data: PlainObject, { workingDirectory }: Place): PlainObject {
  const { backupId, name, reason, createdTime, changedTime, changedBy, missing = [], folder } = data;
  return {
    version: backupId ?? null,
    ...chosenTarget(data),
    ...withoutNulls({ title: name, keptTime: createdTime, before: reason, changedTime, changedBy: nameOf(changedBy) }),
    missing,
    directory: typeof folder === 'string' ? resolve(workingDirectory, folder) : null,
  };
}

function change({ target, description, isBreaking, ...data }: PlainObject): PlainObject {
  return { ...data, ...withoutMissing({ subject: target, detail: description, breaking: isBreaking }) };
}

function rule({ rule: id, ...data }: PlainObject): PlainObject {
  return { id: id ?? null, ...data };
}

function formerAccount({ accountType, method, tenantName: _tenantName, ...data }: PlainObject): PlainObject {
  return { ...data, ...withoutMissing({ kind: accountType, way: method }) };
}

/** Of several connectors each with its folder, its outcome, and its error. */
function oneOrSeveral(data: PlainObject, reshape: (one: PlainObject) => PlainObject): PlainObject {
  if (!('connectors' in data)) return reshape(data);
  const connectors = each(data['connectors'], (entry) => ({
    ...chosen(entry, 'folder', 'solution', 'solutionConnector'),
    ...('connectorId' in entry || 'from' in entry ? reshape(entry) : {}),
    ...outcomeAndError(entry),
  }));
  return { connectors };
}

function outcomeAndError(entry: PlainObject): PlainObject {
  const { error } = entry;
  return {
    ...outcome(entry),
    ...(error !== undefined && { error: withoutNulls(chosen(error, 'message', 'exitCode', 'hint')) }),
  };
}

function outcome({ result, ...data }: PlainObject): PlainObject {
  if (result === undefined) return {};
  // Nothing was said of what a dry run would do.
  const done = isDryRun(data) && !('conflicts' in data) && result !== 'unchanged' ? 'done' : result;
  return { outcome: result === 'notTried' ? 'not tried' : done };
}

function isDryRun(data: PlainObject): boolean {
  return data['isDryRun'] === true;
}

function chosenTarget(data: PlainObject, ...more: readonly string[]): PlainObject {
  const { connectorId, environment } = data;
  return {
    ...withoutMissing({ connectorId, environment: environment && idOf(environment) }),
    ...chosen(data, ...more),
  };
}

function idOf(pair: PlainJson | undefined): PlainJson {
  return membersOf(pair)['id'] ?? null;
}

function nameOf(pair: PlainJson | undefined): PlainJson {
  return membersOf(pair)['name'] ?? null;
}

function membersOf(value: PlainJson | undefined): Readonly<Record<string, PlainJson | undefined>> {
  return value !== undefined && isJsonObject(value) ? value : {};
}

/** The names of files, without those of the base, which were not told. */
function namesOf(files: PlainJson | undefined): PlainJson {
  const all = Array.isArray(files) ? files.filter((file) => isJsonObject(file)) : [];
  return all.filter(({ role }) => role !== 'base').map(({ path = null }) => path);
}

function each(items: PlainJson | undefined, reshape: (item: PlainObject) => PlainObject): PlainJson[] {
  return (Array.isArray(items) ? items : []).map((item) => (isJsonObject(item) ? reshape(item) : item));
}

function chosen(data: PlainJson | undefined, ...names: readonly string[]): PlainObject {
  const members = membersOf(data);
  return withoutMissing(Object.fromEntries(names.map((name) => [name, members[name]])));
}

function withoutMissing(data: Readonly<Record<string, PlainJson | undefined>>): PlainObject {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function withoutNulls(data: Readonly<Record<string, PlainJson | undefined>>): PlainObject {
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (value === undefined || value === null ? [] : [[name, value]])),
  );
}
