import { isArray } from '../../json/value.ts';
import { hasExecuteAsync, scriptClass } from '../csharp/script-class.ts';
import { bracePairs } from '../csharp/script-code.ts';
import { maximumScriptSize, type ScriptFile, tokenRange } from '../csharp/script-file.ts';
import { constructionStart, usesOfType } from '../csharp/script-types.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import { SourceFile } from '../engine/source-file.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { minimalScript } from '../knowledge/minimal-script.ts';

function reportTypes(file: ScriptFile, types: readonly string[], namespace: string, report: Report): void {
  for (const type of types) {
    for (const index of usesOfType(file.code, type, namespace)) report(tokenRange(file, file.code[index]));
  }
}

const definition = '{ "paths": { "/a": { "get": { "operationId": "GetA" } } } }';

function hasScript({ scriptFile, missing }: ParsedConnector): boolean {
  return scriptFile !== undefined || missing.some(({ role }) => role === 'script');
}

/** Whether more than the API properties were given, so that a script which is not there is missing. */
function isWhole({ definitionFile, settingsFile, others }: ParsedConnector): boolean {
  return [definitionFile, settingsFile, others].some((part) => part !== undefined);
}

function isDefaultName(name: string): boolean {
  return /(?:^|[/\\])script\.csx$/iu.test(name);
}

function otherScripts(script: string, others: readonly string[]): readonly string[] {
  return others.filter((name) => isCsx(name) && !script.endsWith(name));
}

function isCsx(name: string): boolean {
  return name.toLowerCase().endsWith('.csx');
}

/** Whether more is said about a script than that it is too large, or in which encoding it is. */
function isReadable({ size, text }: ScriptFile): boolean {
  return size <= maximumScriptSize && (text !== '' || size === 0);
}

export const scriptRules: readonly Rule[] = [
  {
    id: 'script-network',
    level: 'warning',
    message: 'Use Context.SendAsync for requests.',
    reason: 'Scripts can access the network only through Context.SendAsync.',
    sources: ['SC'],
    good: [{ script: 'var name = "Socket"; // not a Socket' }],
    bad: [
      { script: 'var client = new ⟦TcpClient⟧("api.contoso.com", 443);' },
      { script: 'var client = new ⟦UdpClient⟧(443); ⟦Socket⟧ socket = null;' },
    ],
    check: { script: (file, report) => reportTypes(file, ['Socket', 'TcpClient', 'UdpClient'], 'Sockets', report) },
  },
  {
    id: 'script-http-client',
    level: 'warning',
    message: 'Use Context.SendAsync instead of HttpClient.',
    reason:
      "Requests from a separate client don't have the connection's authentication, and the sandbox may block them.",
    sources: ['WC', 'SC'],
    good: [
      { script: 'var response = await Context.SendAsync(Context.Request, CancellationToken);' },
      { script: 'HttpClient client = null;' },
    ],
    bad: [{ script: 'var client = ⟦new HttpClient⟧();' }],
    check: {
      script: (file, report) => {
        for (const index of usesOfType(file.code, 'HttpClient', 'Http')) {
          const start = constructionStart(file.code, index);
          if (start === undefined) continue;
          report(new TextRange(file, file.code[start]?.start ?? 0, file.code[index]?.end ?? 0));
        }
      },
    },
  },
  {
    id: 'script-file-missing',
    level: 'warning',
    message: "'scriptOperations' is set, but the connector has no script.",
    hint: 'Add script.csx, or remove scriptOperations.',
    reason: "Without a script, the service doesn't change the requests of these operations.",
    sources: ['PC'],
    good: [
      { definition, script: '', properties: '{ "properties": { "scriptOperations": ["GetA"] } }' },
      { properties: '{ "properties": { "scriptOperations": ["GetA"] } }' },
      { definition, properties: '{ "properties": { "scriptOperations": [] } }' },
      { definition, properties: '{ "properties": { "scriptOperations": "GetA" } }' },
      {
        definition,
        missing: { script: 'script.csx' },
        properties: '{ "properties": { "scriptOperations": ["GetA"] } }',
      },
    ],
    bad: [{ definition, properties: '{ "properties": { "scriptOperations": ⟦["GetA"]⟧ } }' }],
    checkMember: {
      names: ['scriptOperations'],
      of: {
        properties: (member, report, _node, connector) => {
          const isSet = isArray(member.value) && member.value.length > 0;
          if (isSet && isWhole(connector) && !hasScript(connector)) report(member);
        },
      },
    },
  },
  {
    id: 'script-extension',
    level: 'warning',
    message: 'Use the extension .csx.',
    reason: 'The command line accepts only this extension. The portal also accepts .cs.',
    sources: ['SC'],
    good: [{ script: minimalScript }],
    bad: [{ script: minimalScript, names: { script: 'script.cs' } }],
    check: {
      script: (file, report) => {
        if (!isCsx(file.name)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'script-unused',
    level: 'info',
    message: "'{name}' isn't uploaded, only {sent}.",
    reason: 'A connector has one script. Other scripts in the folder have no effect.',
    sources: ['WC'],
    good: [
      { script: minimalScript, others: ['readme.md'] },
      { others: ['second.csx'] },
      { script: minimalScript, names: { script: 'first.csx' }, others: ['second.csx'] },
    ],
    bad: [
      { script: minimalScript, others: ['script-backup.csx'] },
      {
        script: minimalScript,
        names: { script: 'first.csx' },
        others: ['second.csx'],
        settings: '{ "script": "first.csx" }',
      },
    ],
    check: {
      connector: ({ scriptFile, others = [], settings }, report) => {
        if (!scriptFile || !(typeof settings?.value['script'] === 'string' || isDefaultName(scriptFile.name))) return;
        const folder = scriptFile.name.replace(/[^/\\]*$/u, '');
        for (const name of otherScripts(scriptFile.name, others))
          report(wholeFile(new SourceFile(`${folder}${name}`, '', 0)), { sent: scriptFile.name, name });
      },
    },
  },
  {
    id: 'script-class-missing',
    level: 'error',
    message: "Missing 'class Script : ScriptBase'.",
    reason: 'The service creates an instance of this class for each request.',
    sources: ['WC', 'SC'],
    good: [
      { script: minimalScript },
      { script: `//${' '.repeat(maximumScriptSize)}` },
      {
        script:
          'public abstract class Handler : ScriptBase\n{\n    public override Task<HttpResponseMessage> ExecuteAsync() { }\n}\npublic class Script : Handler { }',
      },
    ],
    bad: [{ script: '// public class Script : ScriptBase\npublic class Handler { }' }],
    check: {
      script: (file, report) => {
        if (isReadable(file) && !scriptClass(file.code)) report(wholeFile(file));
      },
    },
  },
  {
    id: 'script-class-case',
    level: 'warning',
    message: "Name the class 'Script'.",
    reason: 'C# is case-sensitive, and the service looks for this name.',
    sources: ['WC'],
    good: [{ script: minimalScript }, { script: 'public class Handler { }' }],
    bad: [{ script: 'public class ⟦script⟧ : ScriptBase { }' }],
    check: {
      script: (file, report) => {
        const name = file.code[scriptClass(file.code)?.name ?? -1];
        if (name && name.text !== 'Script') report(tokenRange(file, name));
      },
    },
  },
  {
    id: 'script-execute-async-missing',
    level: 'error',
    message: "Missing 'ExecuteAsync'.",
    hint: "Add 'public override async Task<HttpResponseMessage> ExecuteAsync()'.",
    reason: 'The service calls this method for each request.',
    sources: ['WC', 'SC'],
    good: [
      { script: minimalScript },
      { script: 'public class Handler { }' },
      {
        script:
          'public partial class Script : ScriptBase { }\npublic partial class Script\n{\n    public override Task<HttpResponseMessage> ExecuteAsync() { }\n}',
      },
    ],
    bad: [
      {
        script:
          'public class ⟦Script⟧ : ScriptBase\n{\n    // public override Task<HttpResponseMessage> ExecuteAsync()\n}',
      },
    ],
    check: {
      script: (file, report) => {
        const found = scriptClass(file.code);
        if (found && !hasExecuteAsync(file.code, found)) report(tokenRange(file, file.code[found.name]));
      },
    },
  },
  {
    id: 'script-merge-marks',
    level: 'error',
    message: 'Unresolved conflict markers.',
    hint: 'Remove the markers and keep one version of each conflict.',
    reason: "A merge writes these markers around lines that both sides changed. A script with markers doesn't compile.",
    sources: ['WC'],
    good: [
      { script: 'class Texts { bool IsLess = 1 << 7 > 3; }' },
      { script: `${'<'.repeat(7)} local\n//${' '.repeat(maximumScriptSize)}` },
    ],
    bad: [{ script: 'class Texts {\n⟦<<<<<<<⟧ local\n  int a = 1;\n=======\n  int a = 2;\n⟦>>>>>>>⟧ environment\n}' }],
    check: {
      script: (file, report) => {
        if (file.size > maximumScriptSize) return;
        for (const { index } of file.text.matchAll(/^(?:<{7}|>{7})(?=\s|$)/gmu))
          report(new TextRange(file, index, index + 7));
      },
    },
  },
  {
    id: 'script-unbalanced',
    level: 'error',
    message: 'Unbalanced braces.',
    reason: "A script with a missing or an extra brace doesn't compile.",
    sources: ['WC'],
    good: [{ script: 'class Texts { string open = "{"; char close = \'}\'; /* { */ }' }],
    bad: [{ script: 'class Texts ⟦{⟧ string open = "}";' }, { script: 'class Texts { } ⟦}⟧' }],
    check: {
      script: (file, report) => {
        const { unclosed, unopened } = bracePairs(file.code);
        const [extra] = unopened;
        const open = unclosed.at(-1);
        if (extra !== undefined)
          report(tokenRange(file, file.code[extra]), {}, { hint: 'It has no opening counterpart.' });
        if (open !== undefined) report(tokenRange(file, file.code[open]), {}, { hint: "It's never closed." });
      },
    },
  },
];
