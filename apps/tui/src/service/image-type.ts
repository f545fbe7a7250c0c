// Which picture format a file has, by its first bytes, as the service itself tells them apart.

export type ImageType = { readonly extension: string; readonly contentType: string };

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** @returns what to call a file in a form; what is none of the three the service will refuse. */
export function imageType(bytes: Uint8Array): ImageType {
  const has = (signature: readonly number[], offset = 0) =>
    signature.every((byte, index) => bytes[offset + index] === byte);
  if (has(PNG)) return { extension: 'png', contentType: 'image/png' };
  if (has(JPEG)) return { extension: 'jpg', contentType: 'image/jpeg' };
  if (has(RIFF) && has(WEBP, 8)) return { extension: 'webp', contentType: 'image/webp' };
  return { extension: 'bin', contentType: 'application/octet-stream' };
}
