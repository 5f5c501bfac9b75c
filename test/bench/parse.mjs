import { readFileSync } from 'node:fs';
import { argv, cpuUsage } from 'node:process';

// The first JSON.parse of a process, in milliseconds.
const text = readFileSync(argv[2], 'utf8');
const before = cpuUsage();
JSON.parse(text);
const { user, system } = cpuUsage(before);
console.error((user + system) / 1000);
