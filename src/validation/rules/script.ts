import { isArray } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import { hasExecuteAsync, scriptClass } from '../csharp/script-class.ts';
import { bracePairs, type Code, qualifiedName } from '../csharp/script-code.ts';
import { maximumScriptSize, type ScriptFile, tokenRange } from '../csharp/script-file.ts';
import { constructionStart, usesOfType } from '../csharp/script-types.ts';
import { type UsingDirective, usingDirectives } from '../csharp/script-usings.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import { withThousands } from '../../with-thousands.ts';
import { SourceFile } from '../engine/source-file.ts';
import type { Report, Rule } from '../engine/rule.ts';

const namespaces: readonly string[] = [
  'System',
  'System.Collections',
  'System.Collections.Generic',
  'System.Diagnostics',
  'System.Drawing',
  'System.Drawing.Drawing2D',
  'System.Drawing.Imaging',
  'System.IO',
  'System.IO.Compression',
  'System.Linq',
  'System.Net',
  'System.Net.Http',
  'System.Net.Http.Headers',
  'System.Net.Security',
  'System.Security.Authentication',
  'System.Security.Cryptography',
  'System.Text',
  'System.Text.RegularExpressions',
  'System.Threading',
  'System.Threading.Tasks',
  'System.Web',
  'System.Xml',
  'System.Xml.Linq',
  'Microsoft.Extensions.Logging',
  'Newtonsoft.Json',
  'Newtonsoft.Json.Linq',
];

const knownNamespaces: ReadonlySet<string> = new Set(namespaces);

/** Of a directive for a type, the namespace is all but the last part. */
function isSupported(code: Code, { kind, name }: UsingDirective): boolean {
  const written = qualifiedName(code, name);
  if (knownNamespaces.has(written)) return true;
  return kind !== 'namespace' && (!written.includes('.') || knownNamespaces.has(written.replace(/\.\w+$/u, '')));
}

/** Classes of System.IO that work with files. */
const fileTypes = ['File', 'Directory', 'Path'];

/** What of Path reads and writes nothing. */
const textFunctions: ReadonlySet<string> = new Set([
  'GetExtension',
  'GetFileName',
  'GetFileNameWithoutExtension',
  'GetDirectoryName',
  'Combine',
  'Join',
  'ChangeExtension',
  'HasExtension',
  'IsPathRooted',
  'GetInvalidFileNameChars',
  'GetInvalidPathChars',
  'DirectorySeparatorChar',
  'AltDirectorySeparatorChar',
]);

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

const minimalScript = `public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await Context.SendAsync(Context.Request, CancellationToken);
    }
}`;

/** So many characters the column of a solution's table has. */
const maximumColumn = 500_000;

function isDefaultName(name: string): boolean {
  return /(?:^|[/\\])script\.csx$/iu.test(name);
}

function otherScripts(script: string, others: readonly string[]): readonly string[] {
  return others.filter((name) => isCsx(name) && !script.endsWith(name));
}

function isCsx(name: string): boolean {
  return name.toLowerCase().endsWith('.csx');
}

export const scriptRules: readonly Rule[] = [
  {
    id: 'script-namespace',
    level: 'warning',
    certified: 'error',
    message: "Namespace '{name}' isn't supported.",
    hint: `Supported are ${namespaces.join(', ')}.`,
    reason: 'Scripts can use only a fixed list of namespaces.',
    sources: ['WC', 'SC', 'I3478'],
    good: [
      { script: 'using System.Net.Http;\nusing Json = Newtonsoft.Json.JsonConvert;' },
      { script: 'using Json = JsonConvert;' },
    ],
    bad: [
      { script: 'using ⟦System.Data⟧;\n// using System.Reflection;' },
      { script: 'using static ⟦System.Data.Rule⟧;' },
    ],
    check: {
      script: (file, report) => {
        const { code } = file;
        for (const directive of usingDirectives(code)) {
          if (isSupported(code, directive)) continue;
          const { from, to } = directive.name;
          const name = qualifiedName(code, directive.name);
          report(new TextRange(file, code[from]?.start ?? 0, code[to - 1]?.end ?? 0), { name }, () => {
            const suggestion = nearestName(name, namespaces);
            return suggestion === undefined ? {} : { hint: `Did you mean '${suggestion}'?` };
          });
        }
      },
    },
  },
  {
    id: 'script-file-io',
    level: 'warning',
    message: "Scripts can't access the file system.",
    reason: 'Scripts run in a sandbox without a file system.',
    sources: ['SC'],
    good: [
      { script: 'var name = Path.GetFileName(url);' },
      ...[...textFunctions].map((name) => ({ script: `var name = Path.${name}(url);` })),
      { script: 'var parts = uri.AbsolutePath.Split("File."); // File.Exists' },
      { script: 'File file = null;' },
    ],
    bad: [
      { script: 'var text = ⟦File⟧.ReadAllText(System.IO.⟦Path⟧.GetTempFileName());' },
      ...fileTypes.map((type) => ({ script: `if (⟦${type}⟧.Exists(url)) { }` })),
    ],
    check: {
      script: (file, report) => {
        for (const type of fileTypes) {
          for (const index of usesOfType(file.code, type, 'IO')) {
            if (file.code[index + 1]?.text !== '.') continue;
            const isOfText = type === 'Path' && textFunctions.has(file.code[index + 2]?.text ?? '');
            if (!isOfText) report(tokenRange(file, file.code[index]));
          }
        }
      },
    },
  },
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
    id: 'script-too-large',
    level: 'error',
    message: 'The script has {size} bytes. The limit is 1 MB.',
    reason: "The service rejects larger scripts. paconn doesn't check the rest of the file.",
    sources: ['WC', 'SC'],
    good: [{ script: minimalScript }],
    bad: [{ script: `//${' '.repeat(maximumScriptSize)}` }],
    check: {
      script: (file, report) => {
        if (file.size > maximumScriptSize) report(wholeFile(file), { size: file.size });
      },
    },
  },
  {
    id: 'script-too-large-for-solution',
    level: 'warning',
    message: `The script has {count} characters. A solution supports at most ${withThousands(maximumColumn)}.`,
    reason: "A connector with a larger script can't be part of a solution.",
    sources: ['DV'],
    good: [{ script: minimalScript }, { script: `//${' '.repeat(maximumScriptSize)}` }],
    bad: [{ script: `//${' '.repeat(maximumColumn)}` }],
    check: {
      script: (file, report) => {
        const count = file.text.length;
        if (count > maximumColumn && file.size <= maximumScriptSize)
          report(wholeFile(file), { count: withThousands(count) });
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
    id: 'script-multiple',
    level: 'error',
    message: 'Only one script file is supported.',
    hint: 'Combine {names}, or specify one as "script" in settings.json.',
    reason: 'A connector has one script with the code for all its operations.',
    sources: ['WC'],
    good: [
      { script: minimalScript, others: ['readme.md'] },
      { script: minimalScript, others: ['script-backup.csx'] },
      { script: minimalScript, names: { script: 'SCRIPT.csx' }, others: ['second.csx'] },
      { others: ['second.csx'] },
      { script: minimalScript, names: { script: 'first.csx' }, others: ['first.csx'] },
      {
        script: minimalScript,
        names: { script: 'first.csx' },
        others: ['second.csx'],
        settings: '{ "script": "first.csx" }',
      },
    ],
    bad: [{ script: minimalScript, names: { script: 'first.csx' }, others: ['second.csx'] }],
    check: {
      connector: ({ scriptFile, others = [], settings }, report) => {
        if (!scriptFile || typeof settings?.value['script'] === 'string' || isDefaultName(scriptFile.name)) return;
        const more = otherScripts(scriptFile.name, others);
        if (more.length > 0) report(wholeFile(scriptFile), { names: [scriptFile.name, ...more].join(', ') });
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
    good: [{ script: minimalScript }, { script: `//${' '.repeat(maximumScriptSize)}` }],
    bad: [{ script: '// public class Script : ScriptBase\npublic class Handler { }' }],
    check: {
      script: (file, report) => {
        if (file.size <= maximumScriptSize && !scriptClass(file.code)) report(wholeFile(file));
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
    good: [{ script: minimalScript }, { script: 'public class Handler { }' }],
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
