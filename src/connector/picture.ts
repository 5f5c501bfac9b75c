/** How files of pictures begin: PNG, JPEG, GIF, BMP, ICO, WebP and SVG. */
const imageBeginning =
  /^(?:\x89PNG|\xff\xd8\xff|GIF8|BM|\0\0\x01\0|RIFF....WEBP|(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg))/su;

/** Whether bytes are a picture, whatever the name of their file says. */
export function isPicture(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return imageBeginning.test(beginning) && (!beginning.trimStart().startsWith('<?xml') || beginning.includes('<svg'));
}
