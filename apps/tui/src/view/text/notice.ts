// The one thing that there is to say under the canvas, of all that there might be.

import type { State } from '../../state/state.ts';
import type { Tone } from '../tones.ts';
import { gateSentence } from './gate-lines.ts';
import { suspectLabelsSentence } from './learning-line.ts';
import { predictionStatus } from './wording.ts';

export interface StatusMessage {
  readonly text: string;
  readonly tone: Tone;
}

/** A question comes first, then what has just happened, then what holds. */
export function statusMessageOf(state: State): StatusMessage {
  const { notice, learning } = state;
  const question = questionOf(state);
  if (question !== undefined) return { text: question, tone: 'strong' };
  if (notice !== undefined) return { text: notice.text, tone: notice.isBad ? 'warning' : 'accent' };
  const asking = predictionStatus(state);
  if (state.predictionError !== undefined || state.service.status === 'away') {
    return { text: asking, tone: 'warning' };
  }
  if (learning.type === 'failed') {
    return { text: `Learning failed: ${learning.why}`, tone: 'warning' };
  }
  const suspect = suspectLabelsSentence(learning);
  return suspect === undefined
    ? { text: asking, tone: 'plain' }
    : { text: suspect, tone: 'warning' };
}

function questionOf({ mode, learning }: State): string | undefined {
  switch (mode.type) {
    case 'correcting':
      return 'Which digit is it really?';
    case 'confirming-stop':
      return 'Stop learning? What it has learnt so far stays as a checkpoint.';
    case 'gate':
      return learning.type === 'compared' ? gateSentence(learning.gate) : undefined;
    default:
      return undefined;
  }
}
