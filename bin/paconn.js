#!/usr/bin/env node
// The executable. Every Node understands this file; an old one would end with an error in the rest of the tool.
const minimum = [20, 12];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > minimum[0] || (major === minimum[0] && minor >= minimum[1])) void import('./run.js');
else {
  process.stderr.write(
    `Error: paconn needs Node ${minimum.join('.')} or later; this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
}
