// Loaded into a tool before it runs (node --require): ends it, as SIGKILL does, right before the call number END_AT of those that
// change what is on the disk. With END_AT 0 it counts them, and writes how many there were to COUNT_FILE.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { END_AT: endAt, COUNT_FILE: file } = process.env;
const { writeFileSync } = fs;
let count = 0;

function changed() {
  count += 1;
  if (count === Number(endAt)) process.kill(process.pid, 'SIGKILL');
}

function watch(calls, name, changes = () => true) {
  const original = calls[name];
  calls[name] = (...args) => {
    if (changes(...args)) changed();
    return original(...args);
  };
}

const opensToWrite = (_path, flags) => typeof flags === 'string' && flags !== 'r';
for (const name of ['rename', 'rm', 'rmdir', 'mkdir', 'writeFile', 'copyFile', 'unlink']) watch(fs.promises, name);
watch(fs.promises, 'open', opensToWrite);
watch(fs, 'writeFileSync');
watch(fs, 'openSync', opensToWrite);
syncBuiltinESMExports();
if (endAt === '0') process.on('exit', () => writeFileSync(file, String(count)));
