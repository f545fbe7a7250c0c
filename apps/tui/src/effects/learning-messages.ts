// What is said when learning begins, or does not, and when it is given up.

import type { Gate } from '../state/gate.ts';
import type { Learning } from '../state/learning.ts';

export const noCorrectionsMessage =
  'Nothing to learn from yet: f and a digit correct what is drawn, then t.';

export const noServiceMessage = 'There is no service at the moment to have the corrections from.';

/** Said of a service that others started: nobody here knows its folder. */
export const externalServiceMessage =
  'Learning while you draw. This service takes it up if it serves from this repository’s models/.';

/** @returns what is left of a training or a comparison that is stopped */
export function stoppedMessage(learning: Learning): string {
  if (learning.type !== 'comparing') {
    return 'Stopped. What was learnt stays as a checkpoint: nn:train --feedback --resume goes on.';
  }
  const { version } = learning;
  return `Stopped. ${version} stays; npx nx run nn:promote ${version} compares it.`;
}

/** @returns what becomes of a version that is not promoted */
export function notPromotedMessage({ passes, version }: Gate): string {
  const later = passes ? ` To promote it later: npx nx run nn:promote ${version}` : '';
  return `The champion stays.${later}`;
}
