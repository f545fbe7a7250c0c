// Exports the corrections that match a filter as one streamed archive.

import { Readable } from 'node:stream';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import type { FeedbackStore } from '../feedback-store.ts';
import { idxFiles, pictureFiles } from './formats.ts';
import { select } from './selection.ts';
import { createTar } from './tar.ts';

const formats = { tar: pictureFiles, idx: idxFiles } as const;

export type ExportFormat = keyof typeof formats;

/**
 * Exports a snapshot: later changes are not included, and the same corrections give the same bytes.
 * The stream must be read to its end or destroyed.
 *
 * @throws ServiceError before there is a stream; a later error destroys the stream
 */
export function exportFeedback(
  store: FeedbackStore,
  filters: FeedbackFilters,
  format: ExportFormat,
): Readable {
  const snapshot = store.snapshot();
  try {
    const files = formats[format](select(snapshot, filters));
    return Readable.from(
      createTar(files, () => snapshot.close()),
      { objectMode: false },
    );
  } catch (error) {
    snapshot.close();
    throw error;
  }
}
