// An entry of the outbox: a correction as one JSON document on disk, the drawing in base64. A file
// that does not match is refused as a whole.

import { AppError } from '../app-error.ts';
import { jsonFields } from '../untrusted-text.ts';

export interface OutboxEntry {
  readonly png: Uint8Array;
  /** The digit that is drawn, 0…9. */
  readonly label: number;
  readonly source: 'correction' | 'practice';
  /** When it was drawn, in milliseconds since 1970. */
  readonly drawnAt: number;
}

/** Fifty times a drawing; more is not read. */
export const maxEntryBytes = 64 * 1024;

const pngSignature = '89504e470d0a1a0a';

export function serializeEntry({ png, label, source, drawnAt }: OutboxEntry): string {
  return `${JSON.stringify({ label, source, drawnAt, png: Buffer.from(png).toString('base64') })}\n`;
}

/** @throws AppError `outbox-entry-invalid` */
export function parseEntry(text: string): OutboxEntry {
  const { label, source, drawnAt, png } = jsonFields(text);
  const bytes = typeof png === 'string' ? Buffer.from(png, 'base64') : Buffer.alloc(0);
  if (
    typeof label === 'number' &&
    Number.isInteger(label) &&
    label >= 0 &&
    label <= 9 &&
    (source === 'correction' || source === 'practice') &&
    typeof drawnAt === 'number' &&
    Number.isFinite(drawnAt) &&
    bytes.subarray(0, pngSignature.length / 2).toString('hex') === pngSignature
  ) {
    return { png: bytes, label, source, drawnAt };
  }
  throw new AppError('outbox-entry-invalid', 'A file in the outbox is not a correction.');
}
