// Exports the corrections that match a filter as one streamed archive.

import type { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import { toServiceError } from '../sqlite/database.ts';
import { idxFiles, pictureFiles } from './formats.ts';
import { select } from './selection.ts';
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
  snapshot: DatabaseSync,
  filters: FeedbackFilters,
  format: ExportFormat,
  report: (error: unknown) => unknown,
): Promise<Readable> {
  const file = snapshot.location()!;
  const toReported = (error: unknown) => report(toServiceError(error, file));
  try {
    const files = formats[format](await select(snapshot, filters));
    const archive = createTar(files, {
      onError: error => toReported(error) as Error,
      onEnd: () => snapshot.close(),
    });
    return Readable.from(archive, { objectMode: false });
  } catch (error) {
    snapshot.close();
    throw toReported(error);
  }
}
