// What a store returns for the rows that it has read, the same for every kind of database.

import { type Row, requireIntact } from './row.ts';
import type { Page, StoredPicture } from './store.ts';

/** How the rows of a table become items. */
export interface ItemTable<Item> {
  readonly columns: string;
  toItem(row: Row): Item;
}

/** @param rows with `sequence`, one more than the limit where there is a next page */
export function toPage<Item>(
  rows: readonly Row[],
  limit: number,
  total: number,
  { toItem }: Pick<ItemTable<Item>, 'toItem'>,
): Page<Item> {
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    total,
    next: rows.length > limit ? String(shown.at(-1)!['sequence']) : null,
  };
}

/** @param row with `picture` and `content_type` @throws ServiceError `feedback-corrupt` */
export function pictureOf(row: Row | undefined): StoredPicture | undefined {
  if (!row) return undefined;
  requireIntact(row);
  return { bytes: row['picture'] as Uint8Array, contentType: row['content_type'] as string };
}
