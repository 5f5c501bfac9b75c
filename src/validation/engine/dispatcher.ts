import type { DefinitionKind, NodeKind, Nodes } from './node-kinds.ts';
import type { ParsedConnector } from './parsed-connector.ts';
import { isObject } from '../../json/value.ts';
import { Location } from './location.ts';
import type { MemberCheck, MemberChecks, NodeCheck, Report, Rule } from './rule.ts';

interface Reporting<Check> {
  readonly check: Check;
  readonly report: Report;
}

type ReportingRule = Reporting<Pick<Rule, 'check' | 'checkMember'>>;

/** What rules want of the nodes of a kind. */
class Subscriptions<Node> {
  readonly checks: Reporting<(node: Node, report: Report, connector: ParsedConnector) => void>[] = [];
  readonly #kind: NodeKind;
  readonly #listed = new Map<string, Reporting<MemberCheck<Node>>[]>();
  readonly #choosy: (Reporting<MemberCheck<Node>> & { readonly wants: (name: string, kind: NodeKind) => boolean })[] =
    [];
  /** A document has few different names, so each is asked about once. */
  readonly #byName = new Map<string, readonly Reporting<MemberCheck<Node>>[]>();

  constructor(kind: NodeKind) {
    this.#kind = kind;
  }

  get hasMemberChecks(): boolean {
    return this.#listed.size > 0 || this.#choosy.length > 0;
  }

  addMemberCheck(names: MemberChecks['names'], check: MemberCheck<Node>, report: Report): void {
    if (typeof names === 'function') {
      this.#choosy.push({ check, report, wants: names });
      return;
    }
    for (const name of names) {
      const list = this.#listed.get(name);
      if (list) list.push({ check, report });
      else this.#listed.set(name, [{ check, report }]);
    }
  }

  memberChecks(name: string): readonly Reporting<MemberCheck<Node>>[] {
    return this.#byName.get(name) ?? this.#findMemberChecks(name);
  }

  #findMemberChecks(name: string): readonly Reporting<MemberCheck<Node>>[] {
    const found = [...(this.#listed.get(name) ?? []), ...this.#choosy.filter(({ wants }) => wants(name, this.#kind))];
    const checks = found.length > 0 ? found : nobody;
    this.#byName.set(name, checks);
    return checks;
  }
}

const nobody: readonly never[] = [];

type Tables = { [Kind in NodeKind]?: Subscriptions<Nodes[Kind]> };
type ObjectTables = { [Kind in DefinitionKind]?: Subscriptions<Nodes[Kind]> };

/** Brings the nodes of a walk to the rules that asked for them: one walk serves all rules. */
export class Dispatcher {
  readonly #rules: readonly ReportingRule[];
  readonly #connector: ParsedConnector;
  readonly #tables: Tables = {};
  readonly #objectTables: ObjectTables = {};

  constructor(rules: readonly Rule[], connector: ParsedConnector, reportOf: (rule: Rule) => Report) {
    this.#rules = rules.map((rule) => ({ check: rule, report: reportOf(rule) }));
    this.#connector = connector;
  }

  visit<Kind extends NodeKind>(kind: Kind, node: Nodes[Kind]): void {
    this.#bring(node, this.#subscriptions(kind));
  }

  /** Visits an object of a definition for the rules of its kind and those about any object, in one go. */
  visitObject<Kind extends DefinitionKind>(kind: Kind, node: Nodes[Kind]): void {
    this.#bring(node, this.#objectSubscriptions(kind));
  }

  /** Whether any rule wants nodes of this kind: a walk that nobody follows need not be made. */
  wants(kind: NodeKind): boolean {
    const { checks, hasMemberChecks } = this.#subscriptions(kind);
    return checks.length > 0 || hasMemberChecks;
  }

  #bring<Node>(node: Node, subscriptions: Subscriptions<Node>): void {
    for (const { check, report } of subscriptions.checks) check(node, report, this.#connector);
    if (!subscriptions.hasMemberChecks || !(node instanceof Location) || !isObject(node.value)) return;
    for (const name of Object.keys(node.value)) {
      const interested = subscriptions.memberChecks(name);
      if (interested.length === 0) continue;
      const member = node.at(name);
      for (const { check, report } of interested) check(member, report, node, this.#connector);
    }
  }

  #subscriptions<Kind extends NodeKind>(kind: Kind): Subscriptions<Nodes[Kind]> {
    const known: Subscriptions<Nodes[Kind]> | undefined = this.#tables[kind];
    if (known) return known;
    const subscriptions = new Subscriptions<Nodes[Kind]>(kind);
    for (const rule of this.#rules) subscribe(rule, kind, subscriptions);
    const tables: { [K in Kind]?: Subscriptions<Nodes[K]> } = this.#tables;
    return (tables[kind] = subscriptions);
  }

  #objectSubscriptions<Kind extends DefinitionKind>(kind: Kind): Subscriptions<Nodes[Kind]> {
    const known: Subscriptions<Nodes[Kind]> | undefined = this.#objectTables[kind];
    if (known) return known;
    const subscriptions = new Subscriptions<Nodes[Kind]>(kind);
    for (const rule of this.#rules) subscribe(rule, kind, subscriptions);
    for (const rule of this.#rules) subscribe(rule, 'object', subscriptions);
    const tables: { [K in Kind]?: Subscriptions<Nodes[K]> } = this.#objectTables;
    return (tables[kind] = subscriptions);
  }
}

function subscribe<Kind extends NodeKind, Node extends Nodes[Kind]>(
  { check: rule, report }: ReportingRule,
  kind: Kind,
  subscriptions: Subscriptions<Node>,
): void {
  const check: NodeCheck<Kind> | undefined = rule.check?.[kind];
  if (check) subscriptions.checks.push({ check, report });
  const memberCheck: MemberCheck<Nodes[Kind]> | undefined = rule.checkMember?.of[kind];
  if (rule.checkMember && memberCheck) subscriptions.addMemberCheck(rule.checkMember.names, memberCheck, report);
}
