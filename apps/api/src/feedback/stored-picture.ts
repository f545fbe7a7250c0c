// A picture as the store keeps it, with a correction or with a disagreement.

import { randomUUID } from 'node:crypto';
import { inkBytes } from '@digits/nn';
import type { FeedbackEntry } from '@digits/protocol';
import { contentTypeOf } from '../image/format.ts';
import type { Row } from './row.ts';

/** What lists leave out of a stored picture. */
export interface PictureData {
  /** The file as it was sent. */
  readonly picture: Uint8Array;
  /** [784] the network's input: ink, 0…255. */
  readonly seen: Uint8Array;
  /** The name of the preprocessing that computed `seen`. */
  readonly preprocessing: string;
}

/** The columns that `toPictureData` needs. */
export const pictureColumns = 'preprocessing, seen, picture';

/** @param row checked by `requireIntact` */
export function toPictureData(row: Row): PictureData {
  const { preprocessing, seen, picture } = row;
  return { preprocessing, seen, picture } as unknown as PictureData;
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
  const now = new Date();
  return {
    id: timeOrderedId(now),
    input: { sha256, contentType: contentTypeOf(bytes), byteLength: bytes.length },
    createdAt: now.toISOString(),
    picture: bytes,
    seen: inkBytes(pixels),
    preprocessing,
  };
}

/**
 * A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then those of a random one. Node's own
 * function for it is younger than the oldest Node that the service runs on.
 */
export function timeOrderedId(time: Date): string {
  const milliseconds = time.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${randomUUID().slice(15)}`;
}
