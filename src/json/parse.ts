/** What a text of JSON says; undefined for anything else, which a schema then refuses in its own words. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
