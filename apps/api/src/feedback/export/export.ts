// Exports the corrections that match a filter as one streamed archive.

import { Readable } from 'node:stream';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import type { FeedbackSnapshot } from '../store.ts';
import { idxFiles, pictureFiles } from './formats.ts';
import { createTar } from './tar.ts';

const formats = { tar: pictureFiles, idx: idxFiles } as const;

export type ExportFormat = keyof typeof formats;

/**
 * Exports a snapshot, which it closes: the same corrections give the same bytes. The stream must be
 * read to its end or destroyed.
 *
 * @param report converts an error, which is thrown before there is a stream, and destroys it later
 */
export async function exportFeedback(
  snapshot: FeedbackSnapshot,
  filters: FeedbackFilters,
  format: ExportFormat,
  report: (error: unknown) => unknown,
): Promise<Readable> {
  try {
    const files = formats[format](await snapshot.select(filters));
    const archive = createTar(files, {
      onError: error => report(error) as Error,
      onEnd: () => snapshot.close(),
    });
    return Readable.from(archive, { objectMode: false });
  } catch (error) {
    snapshot.close();
    throw report(error);
  }
}
