// What a store of corrections does. sqlite/ keeps them in a file, postgres/ in a database that several
// replicas share.

import type { FeedbackEntry } from '@digits/protocol';
import type { Disagreement } from '../schemas/disagreement.ts';
import type { FeedbackFilters } from '../schemas/feedback.ts';
import type { NewDisagreement } from './disagreement.ts';
import type { NewFeedbackEntry } from './feedback-entry.ts';
import type { Row } from './row.ts';

export type Order = 'newest' | 'oldest';

export interface PageOptions {
  readonly limit: number;
  readonly order: Order;
  /** `next` of the previous page. */
  readonly cursor?: string | undefined;
}

/**
 * One page in order of arrival or in reverse. Following `next` returns every item that exists from the
 * first page to the last exactly once, even if others are added or deleted meanwhile.
 */
export interface Page<Item> {
  readonly items: Item[];
  /** Matching items on all pages. */
  readonly total: number;
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
}

/** A picture as it was sent. */
export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** The correction that is stored: new, or equal to one before. */
export interface StoredEntry {
  readonly entry: FeedbackEntry;
  readonly isNew: boolean;
}

/** Every method throws ServiceError where the store fails. What it returns is on disk. */
export interface FeedbackStore {
  readonly disagreements: DisagreementStore;
  /** Whether the last picture or deletion found no space. */
  readonly isFull: boolean;
  /** Whether it must be opened again: what it stores would be lost. */
  readonly isReplaced: boolean;
  /** Throws if nothing can be stored, as far as that can be known without a write: a full disk cannot. */
  ping(): Promise<void>;
  /** Stores a correction unless the same picture has the same label already. */
  add(entry: NewFeedbackEntry): Promise<StoredEntry>;
  get(id: string): Promise<FeedbackEntry | undefined>;
  picture(id: string): Promise<StoredPicture | undefined>;
  /** @returns whether it existed */
  delete(id: string): Promise<boolean>;
  page(filters: FeedbackFilters, options: PageOptions): Promise<Page<FeedbackEntry>>;
  /** The corrections as they are now, for an export. The caller closes it. */
  snapshot(): Promise<FeedbackSnapshot>;
  close(): void;
}

/** Pictures on which champion and shadow disagree, until they are labelled. */
export interface DisagreementStore {
  /**
   * Stores a picture unless it is stored or labelled already, or is too large. The oldest ones are
   * deleted where there is no space.
   *
   * @returns whether it was stored
   */
  add(disagreement: NewDisagreement): Promise<boolean>;
  get(id: string): Promise<Disagreement | undefined>;
  picture(id: string): Promise<StoredPicture | undefined>;
  page(options: PageOptions): Promise<Page<Disagreement>>;
  /**
   * Turns a disagreement into a correction, in one transaction.
   *
   * @returns undefined where there is no such disagreement
   */
  label(id: string, label: number): Promise<StoredEntry | undefined>;
  /** @returns whether it existed */
  delete(id: string): Promise<boolean>;
}

/** The corrections at one moment: later writes and deletions are not visible. */
export interface FeedbackSnapshot {
  select(filters: FeedbackFilters): Promise<Selection>;
  /** The rows of all disagreements in order of arrival, for a copy; not all in memory at once. */
  disagreements(): AsyncIterable<Row>;
  close(): void;
}

/** The corrections of an export. They can be read several times, always in order of arrival. */
export interface Selection {
  readonly count: number;
  /** Time of the latest one; the Unix epoch where there are none. */
  readonly latest: Date;
  /** The rows with these columns and those of `toFeedbackEntry`; not all in memory at once. */
  rows(...columns: readonly string[]): AsyncIterable<Row>;
}

/** How the store is opened. */
export interface StoreOpener {
  /** For metrics. */
  readonly type: 'sqlite' | 'postgres';
  /** @throws ServiceError */
  open(): Promise<FeedbackStore>;
  /**
   * The existing store as it is now; nothing is created, migrated or written. The caller closes it.
   *
   * @throws ServiceError `feedback-missing`, or `feedback-too-old` before its first migration
   */
  read(): Promise<FeedbackSnapshot>;
  /** Frees what `open` shares between stores. */
  close(): void;
}

/** Labelling one every ten seconds, a person needs three hours for this many. */
export const maxDisagreements = 1000;

/** The fraction of the space that disagreements may take; corrections have precedence. */
export const maxDisagreementFraction = 0.1;
