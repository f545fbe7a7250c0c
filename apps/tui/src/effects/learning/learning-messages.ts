// The notices of learning as text.

import type { Gate } from '../../state/learning/gate.ts';
import type { Learning } from '../../state/learning/learning.ts';

export function nothingToLearnMessage(heldOut: number, suspects: number): string {
  if (suspects > 0) {
    const isOne = suspects === 1;
    const what = isOne ? 'The only correction looks' : `All ${suspects} corrections look`;
    const shown = isOne ? 'F shows it: keep or delete it.' : 'F shows them: keep or delete each.';
    return `${what} wrong, so there is nothing to learn. ${shown}`;
  }
  if (heldOut === 0) return noCorrectionsMessage;
  const what = heldOut === 1 ? 'The only correction is' : `All ${heldOut} corrections are`;
  return `${what} held out, as one in five is, to measure the learning. Correct more digits first.`;
}

const noCorrectionsMessage =
  'There are no corrections to learn from: press f and a digit to correct a drawing, then t.';

export const noServiceMessage =
  'Learning needs the corrections of a service, and none is available.';

/** For a service that this app did not start and whose models folder it does not know. */
export const externalServiceMessage =
  'Learning while you draw. The service uses the result if it serves the same models.';

export function stoppedMessage(learning: Learning): string {
  if (learning.type === 'checking') return 'Cancelled.';
  if (learning.type !== 'comparing') return 'Stopping the training …';
  return `Comparison cancelled. ${learning.version} is kept; t compares it again.`;
}

export function trainingStoppedMessage(hasCheckpoint: boolean, train: string): string {
  return hasCheckpoint
    ? `Stopped. To continue: ${train} --feedback --resume`
    : 'Stopped. Nothing was kept: there was no checkpoint yet.';
}

export function notPromotedMessage({ passes, version }: Gate, promote: string): string {
  const later = passes ? ` To promote it later: ${promote} ${version}` : '';
  return `The champion stays.${later}`;
}
