import type { Connector } from './fake-cloud/connector.ts';
import type { NewConnector } from './fake-cloud/connectors.ts';
import { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { runInProcessWith } from './run-in-process.ts';
import type { ToolResult } from './running-tool.ts';
import { signedIn } from './signed-in.ts';
import type { RunOptions, Workspace } from './workspace.ts';

/** A cloud and the files of somebody who uses it; disposing of both ends the cloud and deletes the files. */
export interface Scene extends AsyncDisposable {
  readonly cloud: FakeCloud;
  readonly workspace: Workspace;
}

/** A connector and its files, as they were downloaded. */
export interface Downloaded extends Scene {
  readonly connector: Connector;
  /** Runs the tool where the files are. */
  readonly run: (...line: readonly string[]) => Promise<ToolResult>;
}

/** The same, to be disposed of together. */
export function together<Parts extends Omit<Scene, typeof Symbol.asyncDispose>>(parts: Parts): Parts & AsyncDisposable {
  const dispose = async (): Promise<void> => {
    await parts.workspace[Symbol.asyncDispose]();
    await parts.cloud[Symbol.asyncDispose]();
  };
  return { ...parts, [Symbol.asyncDispose]: dispose };
}

/** Downloads a connector into the folder of the workspace; the requests of that are forgotten. */
export async function downloaded(
  content: NewConnector = {},
  variables: RunOptions['variables'] = {},
): Promise<Downloaded> {
  const cloud = await FakeCloud.start();
  const connector = cloud.addConnector(content);
  const workspace = await signedIn(cloud, { connector });
  const run = async (...line: readonly string[]): Promise<ToolResult> =>
    await runInProcessWith(workspace, line, { variables });
  const { exitCode, stderr } = await run('download', '-s', 'settings.json', '-d', '.', '-w');
  if (exitCode !== 0) throw new Error(stderr);
  cloud.forgetRequests();
  return together({ cloud, connector, workspace, run });
}
