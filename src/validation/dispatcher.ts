import type { Connector } from './connector.ts';
import { isObject } from './json-value.ts';
import type { Nodes } from './nodes.ts';
import { Place } from './place.ts';
import type { MemberCheck, NodeCheck, NodeKind, Report, Rule } from './rule.ts';

interface Subscriptions<Kind extends NodeKind> {
  readonly checks: readonly { readonly check: NodeCheck<Kind>; readonly report: Report }[];
  readonly memberChecks: ReadonlyMap<
    string,
    readonly { readonly check: MemberCheck<Nodes[Kind]>; readonly report: Report }[]
  >;
}

type Tables = { [Kind in NodeKind]?: Subscriptions<Kind> };

/** Brings the nodes of a walk to the rules that asked for them: one walk serves all rules. */
export class Dispatcher {
  readonly #rules: readonly { readonly rule: Rule; readonly report: Report }[];
  readonly #connector: Connector;
  readonly #tables: Tables = {};

  constructor(rules: readonly Rule[], connector: Connector, reportOf: (rule: Rule) => Report) {
    this.#rules = rules.map((rule) => ({ rule, report: reportOf(rule) }));
    this.#connector = connector;
  }

  visit<Kind extends NodeKind>(kind: Kind, node: Nodes[Kind]): void {
    const { checks, memberChecks } = this.#subscriptions(kind);
    for (const { check, report } of checks) check(node, report, this.#connector);
    if (memberChecks.size === 0 || !(node instanceof Place) || !isObject(node.value)) return;
    for (const name of Object.keys(node.value)) {
      const interested = memberChecks.get(name);
      if (!interested) continue;
      const member = node.at(name);
      for (const { check, report } of interested) check(member, report, node, this.#connector);
    }
  }

  /** Whether any rule wants nodes of this kind: a walk that nobody follows need not be made. */
  wants(kind: NodeKind): boolean {
    const { checks, memberChecks } = this.#subscriptions(kind);
    return checks.length > 0 || memberChecks.size > 0;
  }

  #subscriptions<Kind extends NodeKind>(kind: Kind): Subscriptions<Kind> {
    const known: Subscriptions<Kind> | undefined = this.#tables[kind];
    if (known) return known;
    const tables: { [K in Kind]?: Subscriptions<K> } = this.#tables;
    return (tables[kind] = this.#collect(kind));
  }

  #collect<Kind extends NodeKind>(kind: Kind): Subscriptions<Kind> {
    const checks: { check: NodeCheck<Kind>; report: Report }[] = [];
    const memberChecks = new Map<string, { check: MemberCheck<Nodes[Kind]>; report: Report }[]>();
    for (const { rule, report } of this.#rules) {
      const check = rule.check?.[kind];
      if (check) checks.push({ check, report });
      const memberCheck = rule.checkMember?.of[kind];
      if (!memberCheck) continue;
      for (const name of rule.checkMember?.names ?? []) {
        const list = memberChecks.get(name) ?? [];
        memberChecks.set(name, [...list, { check: memberCheck, report }]);
      }
    }
    return { checks, memberChecks };
  }
}
