// manifest.jsonl: all that is known of each picture in an archive, a line each.

import { type Row, toFeedbackEntry } from '../feedback-entry.ts';
import type { ArchiveFile } from './archive-entry.ts';
import type { Selection } from './selection.ts';

/** @param place where in the archive the picture of the i-th row is, as members of its line */
export function manifestOf(
  selection: Selection,
  name: string,
  place: (row: Row, i: number) => Readonly<Record<string, unknown>>,
): ArchiveFile {
  function* lines(): Generator<Buffer> {
    let i = 0;
    for (const row of selection.rows('preprocessing')) {
      const { preprocessing } = row;
      const line = { ...place(row, i++), ...toFeedbackEntry(row), preprocessing };
      yield Buffer.from(`${JSON.stringify(line)}\n`);
    }
  }

  // An archive tells a file's length before the file, so the lines are made twice; kept, they could
  // be more than there is memory for.
  let size = 0;
  for (const line of lines()) size += line.length;
  return { name, size, modifiedAt: selection.latest, chunks: lines() };
}
