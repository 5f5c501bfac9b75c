import { expect, test } from 'vitest';
import { compareStates } from '../../src/comparison/compare-states.ts';
import { stateAsSent } from '../../src/connector/as-sent.ts';
import { withMaskedClientSecrets } from '../../src/connector/client-secret.ts';
import type { Connector } from '../../src/connector/connector.ts';
import { mergeStates } from '../../src/merging/merge-states.ts';
import { nearestName } from '../../src/nearest-name.ts';
import { stateDiff } from '../../src/output/state-diff.ts';
import { stateOf, type StateChoices } from '../support/states.ts';

/** The version of a connector whose texts begin with this word. */
type Make = (count: number, word: 'base' | 'ours' | 'theirs') => StateChoices;

function listed<Item>(count: number, item: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_none, index) => item(index));
}

function named<Item>(count: number, entry: (index: number) => readonly [string, Item]): Readonly<Record<string, Item>> {
  return Object.fromEntries(listed(count, entry));
}

function properties(content: object): StateChoices {
  return { apiProperties: JSON.stringify({ properties: content }) };
}

function definition(paths: object, definitions: object): StateChoices {
  return { apiDefinition: JSON.stringify({ info: { title: 'T' }, paths, definitions }) };
}

/** What grows without end in the files of a hostile repository. */
const shapes: Readonly<Record<string, Make>> = {
  'OAuth parameters': (count, word) => {
    const settings = (index: number) => ({
      clientSecret: `${word}${index}`,
      redirectMode: word === 'theirs' ? 'GlobalPerConnector' : 'Global',
      redirectUrl: word,
      properties: word === 'theirs' ? { IsFirstParty: 'False' } : {},
    });
    return properties({
      connectionParameters: named(count, (index) => [`p${index}`, { oAuthSettings: settings(index) }]),
    });
  },
  'sets in another order': (count, word) => {
    const name = (index: number): string => `s${word === 'theirs' ? count - index : index}`;
    const parameters = { token: { oAuthSettings: { clientSecret: word, clientId: word } } };
    return properties({
      connectionParameterSets: { values: listed(count, (index) => ({ name: name(index), parameters })) },
    });
  },
  'policies of one name': (count, word) =>
    properties({
      policyTemplateInstances: listed(count, (index) => ({
        title: 'T',
        templateId: 't',
        parameters: { name: `${word}${index}` },
      })),
    }),
  'policies in another order': (count, word) =>
    properties({
      policyTemplateInstances: listed(count, (index) => ({
        title: `T${word === 'ours' ? index : count - index}`,
        templateId: 't',
        parameters: { name: word },
      })),
    }),
  capabilities: (count, word) =>
    properties({ capabilities: listed(count, (index) => `c${word === 'theirs' ? 2 * index : index}`) }),
  'operations and definitions in a chain': (count, word) =>
    definition(
      named(count, (index) => [
        `/${index}`,
        { get: { operationId: `o${index}`, responses: { 200: { schema: { $ref: `#/definitions/d${index}` } } } } },
      ]),
      named(count, (index) => [
        `d${index}`,
        { properties: { [word]: {}, next: { $ref: `#/definitions/d${(index + 1) % count}` } } },
      ]),
    ),
  'references that go elsewhere': (count, word) =>
    definition(
      { '/': { get: { parameters: listed(count, (index) => ({ $ref: `#/parameters/${word}${index}` })) } } },
      named(count, (index) => [`d${index}`, { $ref: `#/definitions/${word}${index}` }]),
    ),
  'parameters, values and names of one operation': (count, word) =>
    definition(
      {
        '/': {
          get: {
            operationId: 'o',
            tags: listed(count, (index) => `${word}${index}`),
            parameters: listed(count, (index) => ({ name: `p${index}`, in: word === 'ours' ? 'query' : 'header' })),
            responses: {
              200: { schema: { properties: named(count, (index) => [`${word}${index}`, { title: `${index}` }]) } },
            },
          },
        },
      },
      {},
    ),
  'objects, each on a line': (count, word) => ({
    apiProperties: JSON.stringify(
      { properties: { x: listed(count, (index) => ({ name: index, [word]: [word] })) } },
      null,
      1,
    ),
  }),
  'lines of a script': (count, word) => ({ script: listed(count, (index) => `${word}${index}`).join('\n') }),
  'lines that come again': (count, word) => ({
    script: listed(count, (index) => (index % 3 === 0 ? word : 'x')).join('\n'),
  }),
  'lines in another order': (count, word) => ({
    script: listed(count, (index) => (word === 'theirs' ? count - index : index)).join('\n'),
  }),
};

interface Versions {
  readonly base: Connector;
  readonly ours: Connector;
  readonly theirs: Connector;
}

const works: Readonly<Record<string, (versions: Versions) => unknown>> = {
  compared: ({ ours, theirs }) => compareStates(theirs, ours),
  merged: (versions) => mergeStates(versions),
  'compared with what was sent': ({ ours, theirs }) => stateAsSent(theirs, ours),
  'shown as a text diff': ({ ours, theirs }) => stateDiff(theirs, ours),
  'shown without secrets': ({ ours }) => withMaskedClientSecrets(ours.apiProperties.document).text,
};

/** Milliseconds of the processor, on which nobody else has an influence. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const size = 75;
const times = 64;
/** In milliseconds. What takes less is not worth a look. */
const noticeable = 250;

/** The least of three: code is compiled in a first time, and clearing of memory falls on one of them. */
function leastCost(work: () => unknown): number {
  return Math.min(...[1, 2, 3].map(() => cost(work)));
}

test.each(Object.keys(shapes))(
  '%s are compared and merged in time that grows as they do',
  { timeout: 300_000 },
  (shape) => {
    const make = shapes[shape] ?? (() => ({}));
    const slow: string[] = [];
    for (const [name, work] of Object.entries(works)) {
      const costFor = (count: number): number => {
        const base = stateOf(make(count, 'base'));
        const ours = stateOf(make(count, 'ours'));
        const theirs = stateOf(make(count, 'theirs'));
        return leastCost(() => work({ base, ours, theirs }));
      };
      const many = costFor(times * size);
      if (many < noticeable) continue;
      const one = costFor(size);
      // 64 times as many take 64 times as long, and some times more with the clearing of memory, in a slow moment of the
      // machine. Where each is compared with each, it's 4096 times.
      if (many > 1000 * one) slow.push(`${name}: ${one} ms, then ${many} ms`);
    }
    expect(slow).toEqual([]);
  },
);

test('the nearest of many names is found in time that grows as they do', () => {
  const find = (count: number): number =>
    cost(() =>
      nearestName(
        'x'.repeat(100),
        listed(count, (index) => `${'x'.repeat(90)}${index}`),
      ),
    );
  find(2000);
  // A hundred times as many; a search that compares names with each other would take ten thousand times as long.
  expect(find(200_000)).toBeLessThan(2000 * Math.max(1, find(2000)));
});
