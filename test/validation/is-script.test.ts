import { expect, test } from 'vitest';
import { isScript } from '../../src/validation/csharp/is-script.ts';
import { petScript } from '../support/pet-store.ts';

const script = 'public class Script : ScriptBase { string s = "}"; }';

/** A usual one with more statements. */
function scriptWith(statements: string): string {
  return petScript().replace(/(?=return )/u, () => `${statements}\n        `);
}

function is(text: string): boolean {
  return isScript(Buffer.from(text));
}

test.each([
  script,
  `${script}\n`,
  `${script}\n\u001a`,
  `#if DEBUG\n#define X\n#else\n#if X\n#endif\n#endif\n[Obsolete("x")]\npublic sealed partial ${script.slice(7)}\n// the end\n`,
  `using System;\nnamespace A {\n  ${script}\n}\n/* the end */`,
  `namespace A.B;\nusing B = C;\n${script};\n#region x\npublic delegate void D();\n#endregion`,
  `class A { string s = $"{1}"; string t = """{"""; string u = @"{"; /* { */ // {\n}\nclass script : ScriptBase { }\r\n`,
  `extern alias X;\nglobal using static System.Math;\nusing P = (int A, int B);\nusing System;\n${script}`,
  `#r "x.dll"\n#pragma warning disable CS1591\n#nullable enable\n[assembly: X("}")]\n${script}`,
  `/* } { " */ // { "\n${script} // it's "done" {`,
  `// <!DOCTYPE html><html>\n/// <summary>The script { of</summary>\n${script}`,
  `[System.Obsolete("x } {"), B(new[] { 1 })][C]\ninternal ${script.slice(7)}`,
  `public record R(string A = "}");\npublic readonly record struct S(int B) { }\npublic enum E : byte { A, B }\n${script}`,
  `public interface I<in T> where T : class, new() { }\npublic readonly ref struct S { public int A; }\n${script}`,
  `file static class F { }\nunsafe class P { }\n${script}`,
  `namespace A { namespace B.C { using D; ${script} } ; }`,
  `public class Script(ILogger log = null) : ScriptBase, IDisposable { }`,
  `class /* x */ Script // y\n : global::ScriptBase\n{ class X { int[] a = { 1, 2 }; } }`,
  scriptWith('var j = """\n { "a": { "\n """; var k = $$"""" {{r}} """ } """";'),
  scriptWith('var p = @"c:\\"; var q = @"a ""{ b"; var s = $@"c:\\{p}\\"; var t = @$"x""{q}"; var u = "a{"u8;'),
  scriptWith('var p = $"{{ {this.ToString("x")} "; var q = $"{(p == null ? "a" : $"b{1}")}";'),
  scriptWith(String.raw`var c = '{'; var d = '\''; var e = '"'; var x = new Regex(@"^\{(\d+)\}""$");`),
  scriptWith('var h = @"<!DOCTYPE html>\n<html>{</html>"; var @r = 1;'),
  scriptWith('var s = this switch { null => 1, { Context: null } => 2, _ => 3 };'),
  scriptWith('#if X\nreturn null; }\n#else\n#endif'),
  scriptWith('#region a\n#region b\n# endregion\n#endregion the end'),
  scriptWith('var s = @"\n<<<<<<< a\n=======\n>>>>>>> b\n";'),
  petScript().replaceAll('\n', '\r\n'),
  petScript().replaceAll('\n', '\r'),
  `\ufeff${petScript()}`,
  `// čau 你好 😀\n${petScript().trimEnd()}`,
])('is a script: %s', (text) => {
  expect(is(text)).toBe(true);
});

test.each([
  'The class Script : ScriptBase {} could not be delivered.',
  'We have no class Script : ScriptBase { }',
  '{ "class Script : ScriptBase { }": 1 }',
  '// public class Script : ScriptBase { }',
  `<html><pre>${script}</pre></html>`,
  ` \n<!-- ${script} -->`,
  `\uFEFF<a>\n${script}`,
  `${script}\0\0`,
  `\u001a${script}`,
  `A=1\0${script}\0B=2`,
  `${script}\npublic class Hel`,
  `${script}\npublic class Other : `,
  `${script}\npublic static`,
  `${script}\n[Obsolete(`,
  `${script}\n[Obsolete("x"`,
  `${script}\n[Obsolete("x")]`,
  `${script}\n#if DEBUG\nclass B { }\n`,
  `${script}\n#if DEBUG\nclass B { }\n#if X\n#endif`,
  `${script}\n#endif`,
  `${script}\n#endif\n#if X`,
  `${script}\n#if`,
  `${script}\n#region tail`,
  `${script}\n#endregion`,
  scriptWith('\n<<<<<<< a\nvar x = 1;\n=======\nvar x = 2;\n>>>>>>> b'),
  scriptWith('\n<<<<<<< a\nvar x = 1;\n=======').replaceAll('\n', '\r\n'),
  `${script}\n/* a comment that is cut`,
  `${script}\n/*/`,
  `${script}\nclass B { string s = "a`,
  `${script}\nclass B { string s = """}`,
  `${script}\nvar x = "`,
  `${script}\nrecord R(string a = "b`,
  `${script}\nusing Sys`,
  `${script}\nnamespace A`,
  `${script}\nnamespace A { public clas }`,
  `${script}\n}`,
  `using System;\nusing System.Net`,
  `script: |\n  using System;\n  ${script}`,
  `# Script\n\`\`\`csharp\n${script}\n\`\`\`\n`,
  `--- a\n+++ b\n@@ -0,0 +1,2 @@\n+using System;\n+${script}\n`,
  `aws_secret = "x"\n${script}`,
  `aws_secret = "x";\n${script}`,
  `${script}\npassword: hunter2\n`,
  `<<<<<<< a\n${script}\n=======\n${script}\n>>>>>>> b\n`,
])('is none, or not all of one: %s', (text) => {
  expect(is(text)).toBe(false);
});

test('a script that is cut anywhere inside its code is none', () => {
  const bytes = Buffer.from(petScript());
  const end = bytes.toString().trimEnd().length;
  for (let length = 0; length < end; length += 1) expect(isScript(bytes.subarray(0, length))).toBe(false);
});
