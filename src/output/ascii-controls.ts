/**
 * What a terminal must not get as it is, as escapes: the value stays the same. Besides characters that steer it, that is how
 * the log commands of pipelines start: elsewhere they are broken up, which JSON need not suffer.
 */
export function asciiControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|#(?=#(?:vso)?\[)/giu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
