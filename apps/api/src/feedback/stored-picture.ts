// A picture as the store keeps it, with a correction or with a disagreement.

import { randomUUIDv7 } from 'node:crypto';
import { inkBytes } from '@digits/nn';
import type { FeedbackEntry } from '@digits/protocol';
import { contentTypeOf } from '../image/format.ts';

/** What lists leave out of a stored picture. */
export interface PictureData {
  /** The file as it was sent. */
  readonly picture: Uint8Array;
  /** [784] the network's input: ink, 0…255. */
  readonly seen: Uint8Array;
  /** The name of the preprocessing that computed `seen`. */
  readonly preprocessing: string;
}

interface ClassifiedPicture {
  /** The file as it was sent. */
  readonly bytes: Buffer;
  /** SHA-256 of the file. */
  readonly sha256: string;
  /** [784] the network's input: ink, 0…1. */
  readonly pixels: Float32Array;
  readonly preprocessing: string;
}

type StoredPicture = Pick<FeedbackEntry, 'id' | 'input' | 'createdAt'> & PictureData;

/** A new id and the current time for a picture, with everything that is stored of it. */
export function toStoredPicture(classified: ClassifiedPicture): StoredPicture {
  const { bytes, sha256, pixels, preprocessing } = classified;
  return {
    id: randomUUIDv7(),
    input: { sha256, contentType: contentTypeOf(bytes), byteLength: bytes.length },
    createdAt: new Date().toISOString(),
    picture: bytes,
    seen: inkBytes(pixels),
    preprocessing,
  };
}
