// An archive of the pictures as they were sent, in a folder for each label.

import type { Row } from '../feedback-entry.ts';
import type { ArchiveFile } from './archive-entry.ts';
import { manifestOf } from './manifest.ts';
import type { Selection } from './selection.ts';

const folder = 'feedback';

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

export function* pictureFiles(selection: Selection): Generator<ArchiveFile> {
  for (const row of selection.rows('picture')) {
    const picture = row['picture'] as Uint8Array;
    yield {
      name: `${folder}/${pathOf(row)}`,
      size: picture.length,
      modifiedAt: new Date(row['created_at'] as string),
      chunks: [picture],
    };
  }
  yield manifestOf(selection, `${folder}/manifest.jsonl`, row => ({ file: pathOf(row) }));
}

/** Beside the manifest. */
function pathOf(row: Row): string {
  return `${row['label']}/${row['id']}.${endings[row['content_type'] as string]}`;
}
