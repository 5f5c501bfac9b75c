import { nearestName } from '../../nearest-name.ts';
import { type Code, qualifiedName } from '../csharp/script-code.ts';
import { type UsingDirective, usingDirectives } from '../csharp/script-usings.ts';
import { TextRange } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

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

export const scriptNamespaceRules: readonly Rule[] = [
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
];
