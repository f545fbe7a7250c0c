// Which picture a file is, by its first bytes. What the client declares is never asked.

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];

export function isPng(bytes: Buffer): boolean {
  return startsWith(bytes, pngSignature);
}

/** Whether the bytes begin as a PNG, JPEG or WebP file does; says nothing about the rest. */
export function isSupportedImage(bytes: Buffer): boolean {
  return isPng(bytes) || startsWith(bytes, jpegSignature) || isWebp(bytes);
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** A RIFF container names its content after its own length. */
function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}
