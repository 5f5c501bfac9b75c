/**
 * Whether an icon is the picture that the service shows for connectors without one. It can be told only by its address:
 * `https://az787822.vo.msecnd.net/defaulticons/api-dedicated.png` in the examples of CLI for Microsoft 365; other hosts have
 * the same path.
 */
export function isDefaultIcon(iconUri: string): boolean {
  return URL.canParse(iconUri) && new URL(iconUri).pathname.toLowerCase().startsWith('/defaulticons/');
}
