import { parseTree, type Node } from 'jsonc-parser';

export interface SecretsApart {
  /** The text without the secrets, otherwise as it was. */
  readonly text: string;
  /** By where they were, such as `token` or `values/0/parameters/token`. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Takes `clientSecret` out of every `oAuthSettings`: the service keeps secrets and never gives them back. */
export function takeClientSecrets(text: string): SecretsApart {
  const secrets = new Map<string, string>();
  if (!text.includes('"clientSecret"')) return { text, secrets };
  const cuts: { from: number; to: number }[] = [];
  const search = (node: Node, path: readonly string[]): void => {
    for (const child of node.children ?? []) {
      const name = memberName(child);
      if (name === 'oAuthSettings') {
        const secret = secretOf(child.children?.[1]);
        if (!secret) continue;
        secrets.set(path.join('/'), secret.value);
        cuts.push(secret.cut);
      } else if (child.type === 'property') {
        const value = child.children?.[1];
        if (value) search(value, [...path, name]);
      } else {
        search(child, [...path, String(node.children?.indexOf(child))]);
      }
    }
  };
  const root = parseTree(text);
  if (root) search(root, []);
  const kept = cuts.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text);
  return { text: kept, secrets };
}

function secretOf(settings: Node | undefined): { value: string; cut: { from: number; to: number } } | undefined {
  const members = settings?.children ?? [];
  const index = members.findIndex((member) => memberName(member) === 'clientSecret');
  const member = members[index];
  const value: unknown = member?.children?.[1]?.value;
  if (!member || typeof value !== 'string') return undefined;
  const end = member.offset + member.length;
  const before = members[index - 1];
  if (before) return { value, cut: { from: before.offset + before.length, to: end } };
  return { value, cut: { from: member.offset, to: members[index + 1]?.offset ?? end } };
}

function memberName(node: Node): string {
  const name: unknown = node.type === 'property' ? node.children?.[0]?.value : undefined;
  return typeof name === 'string' ? name : '';
}
