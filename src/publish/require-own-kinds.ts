import { type CheckFirstOptions, canBeSent } from '../check/check-first.ts';
import { isOfOwnKind, kindWords } from '../check/own-kind.ts';
import type { Connector } from '../connector/connector.ts';
import { connectorParts } from '../connector/part.ts';
import { PaconnError } from '../errors.ts';

/**
 * Makes sure that what is about to be sent is a connector: settings can be from someone else's repository, name a file that is none
 * of the connector's, such as a key, and ignore the rules that would notice. Raises {@link PaconnError}.
 */
export function requireOwnKinds(connector: Connector, { skipValidation }: CheckFirstOptions): void {
  if (skipValidation) return;
  for (const part of connectorParts) {
    const { [part]: content } = connector;
    if (!content || isOfOwnKind(content)) continue;
    const otherwise = canBeSent(connector) ? ', or pass --skip-validation to upload it anyway' : '';
    throw new PaconnError(`${content.name} isn't ${kindWords[part]}, so nothing was uploaded.`, {
      hint: `Fix the file${otherwise}.`,
    });
  }
}
