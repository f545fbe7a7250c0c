// A correction and its database row.

import type { SQLInputValue } from 'node:sqlite';
import type { FeedbackEntry } from '@digits/protocol';
import { type Row, requireIntact } from './row.ts';
import { type PictureData, toPictureData } from './stored-picture.ts';

/** A correction with the data that lists leave out. */
export interface NewFeedbackEntry extends FeedbackEntry, PictureData {}

/** The columns that `toFeedbackEntry` needs. */
export const feedbackColumns = [
  'id, label, source, predicted, confidence, accepted, reason, created_at',
  'model_name, model_version, model_sha256, sha256, content_type, byte_length',
].join(', ');

/** @throws ServiceError `feedback-corrupt` */
export function toFeedbackEntry(stored: Row | undefined): FeedbackEntry {
  const row = requireIntact(stored);
  return {
    id: row['id'],
    label: row['label'],
    source: row['source'],
    predicted: row['predicted'],
    confidence: row['confidence'],
    accepted: row['accepted'] === 1,
    reason: row['reason'],
    model: {
      name: row['model_name'],
      version: row['model_version'],
      sha256: row['model_sha256'],
    },
    input: {
      sha256: row['sha256'],
      contentType: row['content_type'],
      byteLength: row['byte_length'],
    },
    createdAt: row['created_at'],
  } as FeedbackEntry;
}

/**
 * @param row with `feedbackColumns` and `pictureColumns`
 * @throws ServiceError `feedback-corrupt`
 */
export function toNewFeedbackEntry(row: Row): NewFeedbackEntry {
  return { ...toFeedbackEntry(row), ...toPictureData(row) };
}

/** The row by column name. */
export function toFeedbackRow({
  model,
  input,
  ...entry
}: NewFeedbackEntry): Record<string, SQLInputValue> {
  return {
    id: entry.id,
    label: entry.label,
    source: entry.source,
    predicted: entry.predicted,
    confidence: entry.confidence,
    accepted: Number(entry.accepted),
    reason: entry.reason,
    model_name: model.name,
    model_version: model.version,
    model_sha256: model.sha256,
    created_at: entry.createdAt,
    sha256: input.sha256,
    content_type: input.contentType,
    byte_length: input.byteLength,
    preprocessing: entry.preprocessing,
    seen: entry.seen,
    picture: entry.picture,
  };
}
