import { ParsedConnector } from './engine/parsed-connector.ts';
import type { ConnectorSource } from './engine/connector-source.ts';
import { Dispatcher } from './engine/dispatcher.ts';
import type { Finding, Severity } from './engine/finding.ts';
import { Findings } from './engine/findings.ts';
import type { Rule } from './engine/rule.ts';
import { rules, tooManyFindings } from './rules.ts';
import { walkDefinition } from './engine/walk-definition.ts';
import { walkProperties } from './engine/walk-properties.ts';
import { walkUsedSchemas } from './engine/walk-used-schemas.ts';

export interface CheckOptions {
  /** Also what is required for publishing. */
  readonly certification?: boolean;
  /** Also guidance. */
  readonly info?: boolean;
  /** IDs of rules that are left out. */
  readonly ignored?: ReadonlySet<string>;
  /** The files are about to be sent: an error is what the service would refuse, and nothing else. */
  readonly beforeSending?: boolean;
}

/** Checks the files of one connector and the ties between them: its findings in the order of files and positions. */
export function checkConnector(source: ConnectorSource, options: CheckOptions = {}): readonly Finding[] {
  const connector = new ParsedConnector(source);
  const findings = new Findings(options.certification ?? false);
  const active = rules.filter((rule) => severityOf(rule, options) !== undefined && !options.ignored?.has(rule.id));
  const dispatcher = new Dispatcher(active, connector, (rule) => {
    const severity = severityOf(rule, options) ?? 'info';
    return (...reported) => findings.add(rule, severity, ...reported);
  });
  visitAll(connector, dispatcher);
  findings.addDropped(tooManyFindings, connector.files);
  return findings.list(connector);
}

function visitAll(connector: ParsedConnector, dispatcher: Dispatcher): void {
  for (const file of connector.jsonFiles) dispatcher.visit('jsonFile', file);
  if (connector.definition) {
    walkDefinition(connector.definition, dispatcher);
    if (dispatcher.wants('usedSchema')) walkUsedSchemas(connector.definition, dispatcher);
  }
  if (connector.properties) walkProperties(connector.properties, dispatcher);
  if (connector.settings) dispatcher.visit('settings', connector.settings);
  if (connector.scriptFile) dispatcher.visit('script', connector.scriptFile);
  if (connector.iconFile) dispatcher.visit('icon', connector.iconFile);
  for (const change of connector.changes) dispatcher.visit('change', change);
  dispatcher.visit('connector', connector);
  if (connector.solution) dispatcher.visit('solution', connector.solution);
  if (connector.package) dispatcher.visit('package', connector.package);
}

/**
 * Never sent, whatever the service says: with no script to go with them the operations of a script are a mistake that it
 * would not tell, what a merge has left open is nobody's script, what is no picture is nobody's icon, and without its XML nobody knows what is in a
 * solution.
 */
export const neverSent: ReadonlySet<string> = new Set([
  'script-file-missing',
  'script-merge-marks',
  'icon-not-image',
  'solution-xml-invalid',
]);

/**
 * Left to the service to refuse: the Python tool puts the slash in front of a base path, an update needs no title, and
 * with what is absent the service says itself whether it can do without.
 */
const leftToTheService: ReadonlySet<string> = new Set([
  'base-path-invalid',
  'host-missing',
  'required-property',
  'oauth-custom-parameter-missing',
  'parameter-sets-invalid',
]);

/** How bad a finding of this rule is in this run; undefined when the rule was not asked for. */
export function severityOf(rule: Rule, options: CheckOptions): Severity | undefined {
  if (options.beforeSending) {
    if (neverSent.has(rule.id)) return 'error';
    if (leftToTheService.has(rule.id)) return 'warning';
  }
  if (options.certification && rule.certified) return rule.certified;
  switch (rule.level) {
    case 'error':
    case 'warning':
      return rule.level;
    case 'certification':
      if (!options.certification) return undefined;
      return rule.common ? 'warning' : 'error';
    case 'info':
      return options.info ? 'info' : undefined;
  }
}
