// Loaded into a tool before it runs (node --require): counts which files it opens, and how often it parses a JSON text with
// a mark in it. What the tool does stays as it is.
const { promises, writeFileSync } = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { COUNT_MARK: mark, COUNT_FILE: file } = process.env;
const opened = [];
let parsed = 0;

for (const name of ['open', 'readFile']) {
  const original = promises[name];
  promises[name] = async (path, ...others) => {
    opened.push(String(path));
    return await original(path, ...others);
  };
}
const parse = JSON.parse;
JSON.parse = (text, ...others) => {
  if (text.includes(mark)) parsed += 1;
  return parse(text, ...others);
};
syncBuiltinESMExports();
process.on('exit', () => writeFileSync(file, JSON.stringify({ opened, parsed })));
