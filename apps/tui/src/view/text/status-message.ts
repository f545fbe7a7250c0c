// The status message below the canvas: the one that matters most of all that apply.

import type { Learning } from '../../state/learning/learning.ts';
import { isJustDrawing } from '../../state/notice-end.ts';
import { failureOf, type State } from '../../state/state.ts';
import type { Tone } from '../tones.ts';
import { suspectLabelsSentence } from './learning-line.ts';
import { predictionStatus } from './status.ts';
import { gateSentence } from './tables/gate-table.ts';
import { planSentence } from './tables/learning-plan.ts';

export interface StatusMessage {
  readonly text: string;
  readonly tone: Tone;
}

/** A question comes first, then the last event, then what holds at the moment. */
export function statusMessageOf(state: State): StatusMessage {
  const { notice, learning } = state;
  const question = questionOf(state);
  if (question !== undefined) return { text: question, tone: 'strong' };
  if (notice !== undefined) return { text: notice.text, tone: notice.isBad ? 'warning' : 'accent' };
  const status = predictionStatus(state);
  if (failureOf(state) !== undefined || state.service.status === 'away') {
    return { text: status, tone: 'warning' };
  }
  if (learning.type === 'failed' && isJustDrawing(state)) {
    return { text: `Training failed: ${learning.why}`, tone: 'warning' };
  }
  const suspect = suspectLabelsSentence(state);
  return suspect === undefined
    ? { text: status, tone: 'plain' }
    : { text: suspect, tone: 'warning' };
}

function questionOf({ mode, learning }: State): string | undefined {
  switch (mode.type) {
    case 'correcting':
      return 'Which digit is it?';
    case 'confirming-deletion':
      return 'Delete this correction permanently?';
    case 'confirming-training':
      return learning.type === 'checked' ? planSentence(learning.plan) : undefined;
    case 'confirming-stop':
      return stopQuestion(learning);
    case 'gate':
      return learning.type === 'compared' ? gateSentence(learning.gate) : undefined;
    default:
      return undefined;
  }
}

function stopQuestion(learning: Learning): string {
  if (learning.type === 'checking') return 'Cancel counting the corrections?';
  if (learning.type === 'comparing') return 'Cancel the comparison?';
  if (learning.type === 'training' && learning.progress === undefined) return 'Stop training?';
  return 'Stop training? Its progress is kept as a checkpoint.';
}
