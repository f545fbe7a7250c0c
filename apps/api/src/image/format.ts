// Detects the format of a picture by its first bytes. The Content-Type of the client is ignored.

import type { ImageContentType } from '@digits/protocol';

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

export function isPng(bytes: Buffer): boolean {
  return startsWith(bytes, pngSignature);
}

/** Whether the bytes begin like a PNG, JPEG or WebP file. The rest may still be damaged. */
export function isSupportedImage(bytes: Buffer): boolean {
  return isPng(bytes) || startsWith(bytes, jpegSignature) || isWebp(bytes);
}

/** @param picture a file that has been decoded, so its first byte is enough */
export function contentTypeOf(picture: Buffer): ImageContentType {
  if (picture[0] === 0x89) return 'image/png';
  return picture[0] === 0xff ? 'image/jpeg' : 'image/webp';
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** A RIFF container has the type of its content after the length. */
function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}
