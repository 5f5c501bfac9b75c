import { type Scene, together } from './downloaded.ts';
import type { Environment } from './fake-cloud/environments.ts';
import { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { oAuthProperties } from './oauth-properties.ts';
import { petStore } from './pet-store.ts';
import { runInProcessWith } from './run-in-process.ts';
import { signedIn } from './signed-in.ts';

export const valuesFile = 'paconn.environments.json';
export const clientIdPointer = '/properties/connectionParameters/token/oAuthSettings/clientId';

export const title = 'Pets';
export const testValues = { '/host': 'api.test.contoso.example', [clientIdPointer]: 'env:TEST_CLIENT_ID' };
const variables = { TEST_CLIENT_ID: 'a1b2c3d4-0000-4000-8000-000000000001', PACONN_CLIENT_SECRET: undefined };

/** What {@link shop} makes. */
export interface Shop extends Scene {
  readonly testing: Environment;
}

/** One connector in files, two environments of a service that writes redirect URLs, and values for the second. */
export async function shop(values: unknown = { 'Contoso Test': testValues }): Promise<Shop> {
  const cloud = await FakeCloud.start();
  cloud.habits.rewrites = true;
  const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
  const workspace = await signedIn(cloud, {
    apiDefinition: petStore({ title }),
    apiProperties: oAuthProperties(),
    files: { [valuesFile]: typeof values === 'string' ? values : written(values) },
  });
  return together({ cloud, workspace, testing });
}

/** Runs the tool in the workspace, with the variables that the values name. */
export async function paconn({ workspace }: Shop, ...argv: readonly string[]) {
  return await runInProcessWith(workspace, argv, { variables });
}

/** Deployed once: a new connector needs its client secret. */
export async function deployed(one: Shop, ...argv: readonly string[]) {
  return await paconn(one, 'deploy', '--client-secret', 'hunter2hunter2', ...argv);
}

/** The file with values, with their lines. */
export function written(values: unknown): string {
  return JSON.stringify(values, undefined, 2);
}
