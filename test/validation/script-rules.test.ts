import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';

const method = 'public override async Task<HttpResponseMessage> ExecuteAsync() { return null; }';

const definition = {
  name: 'apiDefinition.swagger.json',
  bytes: Buffer.from('{ "paths": { "/a": { "get": { "operationId": "GetA" }, "put": { "operationId": "PutA" } } } }'),
};

/** What is marked, with the rule; of all rules about scripts, or of one. */
function found(script: string, rule?: string): readonly string[] {
  const lines = script.split(/\r\n|\n|\r/u);
  return checkConnector({ definition, script: { name: 'script.csx', bytes: Buffer.from(script) } }, { info: true })
    .filter((finding) => finding.file === 'script.csx' && (rule === undefined || finding.rule === rule))
    .map((finding) => {
      const line = lines[finding.line - 1] ?? '';
      const marked = line.slice(
        finding.column - 1,
        finding.endLine === finding.line ? finding.endColumn - 1 : undefined,
      );
      return rule === undefined ? `${finding.rule} ${marked}` : marked;
    });
}

function inScript(code: string): string {
  return `public class Script : ScriptBase { ${method} ${code} }`;
}

test.each([
  inScript(''),
  `namespace N { public partial class Script : N.ScriptBase, IDisposable { ${method} } }`,
  'class Script : ScriptBase { public async override System.Threading.Tasks.Task < System.Net.Http.HttpResponseMessage > ExecuteAsync ( ) { } }',
  'class Script : ScriptBase { public override /* no */ Task<HttpResponseMessage>\n// here\nExecuteAsync() => null; }',
  'using R = System.Net.Http.HttpResponseMessage; class Script : ScriptBase { public override Task<R> ExecuteAsync() => null; }',
  `#if LOCAL\npublic class Script {{{\nDon't\n#else\n${inScript('')}\n#endif`,
  `abstract class Base : ScriptBase { ${method} } class Script : Base { }`,
  `class Script : Middle<int>, IDisposable { } abstract class Middle<T> : N.Base { } class Base : ScriptBase { ${method} }`,
  `abstract class Base : ScriptBase { public abstract override Task<HttpResponseMessage> ExecuteAsync(); } class Script : Base { ${method} }`,
  `abstract partial class Base { ${method} } abstract partial class Base : ScriptBase { } partial class Script { } partial class Script : Base { }`,
  inScript('void M() { using (var x = Get()) { } using var y = Get(); using Stream z = Get(); }'),
  inScript('string Path { get; set; } void M() { var p = Path.Split(","); uri.Path.Split(","); }'),
  inScript('class File { } void M() { File.Read(); }'),
  inScript('string Socket { get; set; } void M() { x.Socket = 1; new Y { Socket = 2 }; }'),
  inScript('void M() { var s = "new HttpClient() Socket File.Read {"; /* } */ HttpClient c; }'),
  inScript('void M() { var s = $"{a:{{}}}{{{b}"; }'),
  inScript('void M() { if (Context.OperationId == "GetA" || "PutA" != this.Context.OperationId) { } }'),
  inScript('void M() { if (Context.OperationId == "R2V0QQ==") { } }'),
  inScript('void M() { if (context.operationId == "GetB" || Context.OperationId == Name) { } }'),
  inScript('void M() { switch (Context.OperationId) { case "GetA": switch (x) { case "GetB": break; } break; } }'),
])('%j has nothing to find', (script) => {
  expect(found(script)).toEqual([]);
});

describe('class and method', () => {
  test.each([
    ['', ['script-class-missing ']],
    ['class Script { }', ['script-class-missing ']],
    ['class Script : Other { } class X : ScriptBase { }', ['script-class-missing ']],
    [`class script : scriptbase { ${method} }`, ['script-class-case script']],
    [
      'class Script : ScriptBase { Task<HttpResponseMessage> ExecuteAsync() { } }',
      ['script-execute-async-missing Script'],
    ],
    [
      'class Script : ScriptBase { public override Task<X> ExecuteAsync() { } }',
      ['script-execute-async-missing Script'],
    ],
    [`class Script : ScriptBase { } class Other { ${method} }`, ['script-execute-async-missing Script']],
    ['class Base : ScriptBase { } class Script : Base { }', ['script-execute-async-missing Script']],
    [
      'class Base : ScriptBase { public abstract override Task<HttpResponseMessage> ExecuteAsync(); } class Script : Base { }',
      ['script-execute-async-missing Script'],
    ],
    [`class Base : Script { ${method} } class Script : Base { }`, ['script-class-missing ']],
    [`class Base : ScriptBase { ${method} } class Script { }`, ['script-class-missing ']],
    [`class Base : ScriptBase { ${method} } class script : Base { }`, ['script-class-case script']],
    [`${inScript('')} }`, ['script-unbalanced }']],
    [`class Script : ScriptBase { ${method} void M() {`, ['script-unbalanced {']],
  ])('%j', (script, expected) => {
    expect(found(script)).toEqual(expected);
  });
});

describe('usings', () => {
  test.each([
    ['using System.Data; using static System.Math; using System . IO ;', ['System.Data']],
    ['global using System.Reflection;\r\nusing global::System.Net;', ['System.Reflection']],
    ['using J = Newtonsoft.Json.Linq.JObject; using D = System.Data.DataTable;', ['System.Data.DataTable']],
    ['using static System.Reflection.Assembly;', ['System.Reflection.Assembly']],
    ['using D = System.Collections.Generic.Dictionary<string, string>;', []],
  ])('%j', (usings, expected) => {
    expect(found(`${usings}\n${inScript('')}`, 'script-namespace')).toEqual(expected);
  });
});

describe("what doesn't exist in the sandbox", () => {
  test.each([
    [
      'script-file-io',
      'File.ReadAllText("a"); System.IO.Directory.Exists("b"); IO.Path.GetTempPath();',
      ['File', 'Directory', 'Path'],
    ],
    ['script-file-io', '$"{File.ReadAllText("a")}"', ['File']],
    [
      'script-network',
      'Socket s = new System.Net.Sockets.UdpClient(); List<TcpClient> t;',
      ['Socket', 'UdpClient', 'TcpClient'],
    ],
    ['script-network', 'var w = new ClientWebSocket(); WebSocket x;', []],
    [
      'script-http-client',
      'new System.Net.Http.HttpClient(); new HttpClient { }; new HttpClientHandler();',
      ['new System.Net.Http.HttpClient', 'new HttpClient'],
    ],
  ])('%s in %j', (rule, code, expected) => {
    expect(found(inScript(`void M() { ${code} }`), rule)).toEqual(expected);
  });
});

describe('operation IDs', () => {
  test.each([
    ['if (Context.OperationId == "GetB") { }', ['"GetB"']],
    ['if ("GetB" == this.Context.OperationId) { }', ['"GetB"']],
    ['if (Context.OperationId.Equals("GetB", x)) { }', ['"GetB"']],
    ['if ("GetB".Equals(Context.OperationId)) { }', ['"GetB"']],
    ['if (string.Equals(Context.OperationId, "GetB")) { }', ['"GetB"']],
    ['if (string.Equals("GetB", Context.OperationId)) { }', ['"GetB"']],
    ['if (Context.OperationId is "GetA" or @"GetB") { }', ['@"GetB"']],
    ['var id = Context.OperationId; if (id == "GetB" || other.id == "GetC") { }', ['"GetB"']],
    [
      'switch (Context.OperationId) { case "GetA": case "GetB": { x = "GetC"; } break; case "GetD" when y: break; }',
      ['"GetB"', '"GetD"'],
    ],
    ['var x = this.Context.OperationId switch { "GetA" => "GetC", "GetB" => "x", _ => "y" };', ['"GetB"']],
  ])('%j', (code, expected) => {
    expect(found(inScript(`void M() { ${code} }`), 'script-operation-id-unknown')).toEqual(expected);
  });
});

test.each([
  'class Script : ',
  'class Script : A {',
  'class Script : class A : class B : ScriptBas {',
  'using ',
  'using.',
  'switch(Context.OperationId){',
  'Context.OperationId is "a" or ',
  'a.b.',
  'File.',
  '{',
  '}',
  `${method} `,
])('a script full of %j is checked in the time of its length', (piece) => {
  const started = performance.now();
  expect(found(`class Script : ScriptBase { ${piece.repeat(Math.floor(1_000_000 / piece.length))}`)).toBeDefined();
  expect(performance.now() - started).toBeLessThan(30_000);
});
