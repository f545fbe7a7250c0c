// Which picture format a file has, by its first bytes, as the service itself tells them apart.

export interface ImageType {
  readonly extension: string;
  readonly contentType: string;
}

const png = [0x89, 0x50, 0x4e, 0x47];
const jpeg = [0xff, 0xd8, 0xff];
const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

/** @returns what to call a file in a form; what is none of the three the service will refuse. */
export function imageType(bytes: Uint8Array): ImageType {
  const has = (signature: readonly number[], offset = 0) =>
    signature.every((byte, index) => bytes[offset + index] === byte);
  if (has(png)) return { extension: 'png', contentType: 'image/png' };
  if (has(jpeg)) return { extension: 'jpg', contentType: 'image/jpeg' };
  if (has(riff) && has(webp, 8)) return { extension: 'webp', contentType: 'image/webp' };
  return { extension: 'bin', contentType: 'application/octet-stream' };
}
