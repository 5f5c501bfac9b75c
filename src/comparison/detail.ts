/** What one item of a collection is called. */
const singular: Readonly<Record<string, string>> = {
  parameters: 'parameter',
  responses: 'response',
  headers: 'header',
  properties: 'property',
  values: 'value',
  required: 'required',
  enum: 'value',
  tags: 'tag',
  schemes: 'scheme',
  scopes: 'scope',
};

/** The path to a detail in words: `response 200, property owner.name, type`. */
export function detailWords(steps: readonly string[]): string | undefined {
  const words: string[] = [];
  const rest = [...steps];
  for (let step = rest.shift(); step !== undefined; step = rest.shift()) {
    const [name] = rest;
    // What a schema or its items hold is told as being in what has the schema.
    if ((step === 'schema' || step === 'items') && name !== undefined) continue;
    const word = Object.hasOwn(singular, step) ? singular[step] : undefined;
    if (word === undefined || name === undefined) {
      words.push(step);
      continue;
    }
    rest.shift();
    const last = words.at(-1);
    if (step === 'properties' && last?.startsWith('property ')) words[words.length - 1] = `${last}.${name}`;
    else words.push(`${word} ${name}`);
  }
  return words.length === 0 ? undefined : words.join(', ');
}
