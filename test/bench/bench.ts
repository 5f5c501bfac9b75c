import { benchBulk } from './bulk.ts';
import { benchConversion } from './conversion.ts';
import { benchFloor } from './floor.ts';
import { benchStarts } from './starts.ts';
import { benchUpdates } from './updates.ts';
import { benchValidation } from './validation.ts';

// What commands take, each against something that is measured in the same run. `npm run bench` measures all,
// `npm run bench floor updates` some of it.
const benches: ReadonlyMap<string, () => Promise<void>> = new Map([
  ['starts', benchStarts],
  ['validation', benchValidation],
  ['conversion', benchConversion],
  ['bulk', benchBulk],
  ['updates', benchUpdates],
  ['floor', benchFloor],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.has(name));
if (unknown.length > 0)
  throw new Error(`No bench is called ${unknown.join()}. There are: ${[...benches.keys()].join(', ')}.`);
for (const [name, bench] of benches) if (wanted.length === 0 || wanted.includes(name)) await bench();
