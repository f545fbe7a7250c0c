// Exports the corrections that match a filter as one streamed archive.

import { Readable } from 'node:stream';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { toServiceError } from '../database.ts';
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
 * @param onError converts a later error, with which the stream is destroyed
 * @throws ServiceError before there is a stream
 */
export async function exportFeedback(
  store: FeedbackStore,
  filters: FeedbackFilters,
  format: ExportFormat,
  onError: (error: unknown) => unknown,
): Promise<Readable> {
  const snapshot = await store.snapshot();
  const file = snapshot.location()!;
  const toFailure = (error: unknown) => toServiceError(error, file);
  try {
    const files = formats[format](select(snapshot, filters));
    const archive = createTar(files, {
      onError: error => onError(toFailure(error)) as Error,
      onEnd: () => snapshot.close(),
    });
    return Readable.from(archive, { objectMode: false });
  } catch (error) {
    snapshot.close();
    throw toFailure(error);
  }
}
