// Reads the size of a PNG picture from its first bytes, without the decoder, which the first frame does not need.

export interface PngSize {
  readonly width: number;
  readonly height: number;
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * @returns the size in the first chunk, IHDR (PNG specification, 11.2.2); undefined if the bytes are not a PNG
 *   file
 */
export function pngSize(bytes: Buffer): PngSize | undefined {
  const isPng = bytes.length >= 29 && bytes.subarray(0, 8).equals(pngSignature);
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
}
