// A picture as it was sent, out of either table.

import type { DatabaseSync } from 'node:sqlite';

export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export function readPicture(
  database: DatabaseSync,
  table: 'feedback' | 'disagreements',
  id: string,
): StoredPicture | null {
  const row = database.prepare(`SELECT picture, content_type FROM ${table} WHERE id = ?`).get(id);
  if (!row) return null;
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}
