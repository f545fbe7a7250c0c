// Corrections as the list shows them: those that wait in the outbox, and those that the service has.

import type { Raster } from '@digits/canvas';
import type { FeedbackSource } from '@digits/protocol';
import type { Mode } from '../mode.ts';

export interface ListedCorrection {
  /** Of the service, or the name of its file while it waits. */
  readonly id: string;
  /** The digit that the user gave. */
  readonly label: number;
  readonly source: FeedbackSource;
  /** When it was drawn or stored, in milliseconds since 1970. */
  readonly atMs: number;
  /** Whether the service has it. */
  readonly isSent: boolean;
}

/** A page of the corrections that the service has, the newest first. */
export interface CorrectionPage {
  readonly items: readonly ListedCorrection[];
  /** On all pages. */
  readonly total: number;
  /** The cursor of the next page; `undefined` on the last one. */
  readonly next: string | undefined;
}

/** A correction whose label looks wrong; it is left out of a training until it is confirmed. */
export interface SuspectLabel {
  readonly id: string;
  readonly label: number;
  /** `contradicted`: the same picture has a newer label; it cannot be confirmed. */
  readonly why: 'unlike' | 'contradicted';
  /** The model's prediction, and its probability, 0…1. */
  readonly predicted: number;
  readonly confidence: number;
}

/** The picture of a correction; without a raster it could not be read. */
export interface CorrectionPicture {
  readonly id: string;
  readonly raster: Raster | undefined;
}

export interface CorrectionList {
  /** The waiting ones first, then as the service lists them, the newest first. */
  readonly items: readonly ListedCorrection[];
  /** How many there are on pages that were not read yet. */
  readonly unread: number;
  /** The service's cursor of the next page; `undefined` on the last one. */
  readonly next: string | undefined;
  readonly isLoading: boolean;
  /** Why the list of the service could not be read; printable. */
  readonly problem: string | undefined;
  /** Of the selected correction, once it is there. */
  readonly picture: CorrectionPicture | undefined;
}

export const emptyList: CorrectionList = {
  items: [],
  unread: 0,
  next: undefined,
  isLoading: false,
  problem: undefined,
  picture: undefined,
};

/** The list, and what is known of its labels. */
export interface CorrectionReview {
  readonly list: CorrectionList;
  /** As the last check or training found them. */
  readonly suspects: readonly SuspectLabel[];
  /** The ids of suspect labels that the user confirmed. */
  readonly confirmed: readonly string[];
}

export const emptyReview: CorrectionReview = { list: emptyList, suspects: [], confirmed: [] };

/** @returns the suspect labels that are neither confirmed nor deleted. */
export function openSuspects({ suspects, confirmed }: CorrectionReview): readonly SuspectLabel[] {
  return suspects.filter(({ id, why }) => why === 'contradicted' || !confirmed.includes(id));
}

/** @returns the suspicion of a correction that is not confirmed. */
export function suspicionOf(review: CorrectionReview, id: string): SuspectLabel | undefined {
  return openSuspects(review).find(suspect => suspect.id === id);
}

/** @returns the corrections in the order of the rows: suspect ones first. */
export function listedCorrections(review: CorrectionReview): readonly ListedCorrection[] {
  const open = new Set(openSuspects(review).map(({ id }) => id));
  const { items } = review.list;
  return [...items.filter(({ id }) => open.has(id)), ...items.filter(({ id }) => !open.has(id))];
}

interface Shown {
  readonly mode: Mode;
  readonly review: CorrectionReview;
}

/** @returns the correction of the selected row while the list is shown. */
export function selectedCorrection({ mode, review }: Shown): ListedCorrection | undefined {
  if (mode.type !== 'corrections' && mode.type !== 'confirming-deletion') return undefined;
  return listedCorrections(review)[mode.row];
}

/** @returns the picture of the selected correction, as far as it was read. */
export function selectedPicture(shown: Shown): Raster | undefined {
  const { picture } = shown.review.list;
  return picture?.id === selectedCorrection(shown)?.id ? picture?.raster : undefined;
}
