import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { Workspace, type WorkspaceFiles } from './workspace.ts';

/** A workspace whose user has signed in to the cloud; the requests of that are forgotten. */
export async function signedIn(cloud: FakeCloud, files?: WorkspaceFiles): Promise<Workspace> {
  const workspace = await Workspace.create(cloud, files);
  await workspace.signIn();
  cloud.forgetRequests();
  return workspace;
}
