/** How files of pictures begin: PNG, JPEG, GIF, BMP, ICO, and WebP. */
const imageBeginning = /^(?:\x89PNG|\xff\xd8\xff|GIF8|BM|\0\0\x01\0|RIFF....WEBP)/su;

/** How SVG begins, in whose place a page can have comments and declarations, too. */
const svgBeginning =
  /^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)*(?:<!DOCTYPE svg(?:[^>[]|\[[^\]]*\])*>\s*)?<(?:\w+:)?svg[\s/>]/iu;

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** So many bytes tell what something is. */
const telling = 4096;

/** Whether bytes are a picture, whatever the name of their file says. */
export function isPicture(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, telling)).toString('latin1');
  return imageBeginning.test(beginning) || svgBeginning.test(beginning.replaceAll(/<!--[^]*?(?:-->|$)/gu, ''));
}

/** Whether they also are all of it. Only PNG, the format of icons, says in its structure where it ends. */
export function isWholePicture(bytes: Uint8Array): boolean {
  return isPicture(bytes) && (bytes[0] !== pngSignature[0] || isWholePng(Buffer.from(bytes)));
}

/** Whether its chunks lead to the last one: each states its length, before four bytes of type, its data, and a checksum. */
function isWholePng(bytes: Buffer): boolean {
  if (!bytes.subarray(0, pngSignature.length).equals(pngSignature)) return false;
  for (let start = pngSignature.length; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readUInt32BE(start);
    if (bytes.toString('latin1', start + 4, start + 8) === 'IEND') return end <= bytes.length;
    start = end;
  }
  return false;
}
