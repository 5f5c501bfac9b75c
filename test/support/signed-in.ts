import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { runInProcess } from './run-in-process.ts';
import { Workspace, type WorkspaceFiles } from './workspace.ts';

/**
 * A workspace whose user is signed in: by a token file such as scripts write for the Python tool, which takes no time. What
 * has to do with sign-in itself is tested with {@link signedInByDeviceCode}.
 */
export async function signedIn(cloud: FakeCloud, files?: WorkspaceFiles): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, files);
  const { text, expiresAt } = cloud.accessToken();
  const { objectId: oid } = cloud.signIn.user;
  const token = { access_token: text, token_type: 'Bearer', expires_on: Math.floor(expiresAt / 1000), oid };
  await workspace.write('../home/.paconn/accessTokens.json', JSON.stringify(token));
  return workspace;
}

/** The same by `login`; the requests of that are forgotten. */
export async function signedInByDeviceCode(cloud: FakeCloud, files?: WorkspaceFiles): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, files);
  const { exitCode, stderr } = await runInProcess(workspace, 'login', ...cloud.loginFlags);
  if (exitCode !== 0) throw new Error(`Could not sign in:\n${stderr}`);
  cloud.forgetRequests();
  return workspace;
}
