import type { Target } from '../../api/remote.ts';
import { titleOf } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import type { Result } from '../../output/result.ts';
import { type Published, publishedData } from '../../publish/published-data.ts';
import { reportRedirectUrls } from '../../publish/redirect-urls.ts';
import { reportResult } from '../../publish/report-result.ts';
import { type FoundShare, shareSent } from '../../publish/share.ts';
import type { PublishedData } from '../../results/publishing.ts';
import type { Plan } from './plan.ts';

interface Outcome extends Omit<Published, 'target'> {
  readonly result: PublishedData['result'];
  readonly words: string;
  /** The principals that it's shared with now. */
  readonly shares: readonly FoundShare[];
}

/** Reports the result of a deployment to the user, shares the connector, and returns its data. */
export async function reportDeployed(
  { result, words, shares, ...published }: Outcome,
  target: Target,
  { settings, remote, web, dryRun }: Plan,
  context: Context,
): Promise<Result> {
  const { current, changes, backup } = published;
  const name = (current && titleOf(current.state)) ?? published.name;
  const shown = result === 'unchanged' ? undefined : changes;
  const done = { words: `${target.connectorId} ${words}.`, name, target, changes: shown, backup, web };
  await reportResult(done, settings, remote, context);
  if (!dryRun) await shareSent(shares, target, remote, context);
  reportRedirectUrls(current, context.terminal);
  return { data: await publishedData(result, { ...published, target, name }, settings, context) };
}
