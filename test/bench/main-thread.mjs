import { readFileSync, writeSync } from 'node:fs';
import { cpuUsage, pid } from 'node:process';

// With `node --import`: says at the end, in the last line on stderr, how many milliseconds the main thread has taken.
// That is what a user waits for, but on a busy machine the clock tells more than that, and so does the CPU time of the
// process: compiling and collecting garbage go on in other threads.
process.on('exit', () => writeSync(2, `\n${mainThreadTime()}\n`));

function mainThreadTime() {
  try {
    return Number(readFileSync(`/proc/self/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    // Only Linux tells the time of a thread.
    const { user, system } = cpuUsage();
    return (user + system) / 1000;
  }
}
