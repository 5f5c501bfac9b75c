import { nearestName } from '../../nearest-name.ts';
import { TextRange } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { type Code, qualifiedName } from '../csharp/script-code.ts';
import type { ScriptFile } from '../csharp/script-file.ts';
import { constructionStart, usesOfType } from '../csharp/script-types.ts';
import { type UsingDirective, usingDirectives } from '../csharp/script-usings.ts';
import { tokenRange } from './script.ts';

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

function reportTypes(file: ScriptFile, types: readonly string[], namespace: string, report: Report): void {
  for (const type of types) {
    for (const index of usesOfType(file.code, type, namespace)) report(tokenRange(file, file.code[index]));
  }
}

/** What the code of a script uses. */
export const scriptCodeRules: readonly Rule[] = [
  {
    id: 'script-namespace',
    level: 'warning',
    message: "Namespace '{name}' is not supported.",
    hint: `Supported are ${namespaces.join(', ')}.`,
    reason: 'Scripts run with a fixed list of namespaces; others are refused, or are not there.',
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
    message: 'File system access is not available.',
    reason: 'Scripts run in a sandbox without files.',
    sources: ['SC'],
    good: [{ script: 'var parts = uri.AbsolutePath.Split("File."); // File.Exists' }, { script: 'File file = null;' }],
    bad: [
      { script: 'var text = ⟦File⟧.ReadAllText(System.IO.⟦Path⟧.GetTempFileName());' },
      { script: 'if (⟦Directory⟧.Exists("logs")) { }' },
    ],
    check: {
      script: (file, report) => {
        for (const type of ['File', 'Directory', 'Path']) {
          for (const index of usesOfType(file.code, type, 'IO')) {
            if (file.code[index + 1]?.text === '.') report(tokenRange(file, file.code[index]));
          }
        }
      },
    },
  },
  {
    id: 'script-network',
    level: 'error',
    message: 'Use Context.SendAsync for requests.',
    reason: 'Scripts have no network but the request they were called for, which Context.SendAsync sends.',
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
    reason: 'Requests of a client of its own lack the authentication of the connection, and may not leave the sandbox.',
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
];
