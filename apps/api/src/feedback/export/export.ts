// All corrections that a filter lets through, as one archive in a stream.

import { Readable } from 'node:stream';
import type { FeedbackFilters } from '../../schemas/feedback.ts';
import type { FeedbackStore } from '../feedback-store.ts';
import { idxFiles } from './formats.ts';
import { pictureFiles } from './picture-files.ts';
import { select } from './selection.ts';
import { createTar } from './tar.ts';

const formats = { tar: pictureFiles, idx: idxFiles } as const;

export type ExportFormat = keyof typeof formats;

/**
 * What there is now; what comes or goes while the archive is read does not show. The same
 * corrections give the same bytes. The stream must be read to its end or destroyed.
 *
 * @throws FeedbackError before there is a stream; a later one destroys it
 */
export function exportFeedback(
  store: FeedbackStore,
  filters: FeedbackFilters,
  format: ExportFormat,
): Readable {
  const snapshot = store.snapshot();
  try {
    const entries = formats[format](select(snapshot, filters));
    return Readable.from(
      createTar(entries, () => snapshot.close()),
      { objectMode: false },
    );
  } catch (error) {
    snapshot.close();
    throw error;
  }
}
