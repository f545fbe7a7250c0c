// The status line while a new version is trained, compared and promoted.

import type { Learning, TrainingProgress } from '../../state/learning.ts';
import type { State } from '../../state/state.ts';
import { serviceLine } from './status.ts';

/** @returns the state of learning while there is a service for it, else the state of the service. */
export function statusLine({ learning, service, mode }: State): string {
  if (service.status === 'away') return serviceLine(service);
  // In gate mode the result is on the screen already.
  const line = mode.type === 'gate' ? suspectLabelsLine(learning) : learningLine(learning);
  return line ?? serviceLine(service);
}

/** @returns `undefined` if there is nothing to say. */
export function learningLine(learning: Learning): string | undefined {
  switch (learning.type) {
    case 'none':
    case 'failed':
      return undefined;
    case 'training':
      return trainingLine(learning.progress);
    case 'comparing':
      return `Trained. Comparing ${learning.version} with the champion …`;
    case 'compared':
      return `${learning.gate.version} has been compared: t shows the result`;
    case 'promoting':
      return `Promoting ${learning.version}: checking the gate again …`;
    case 'promoted':
      return `${learning.version} is the champion; the service is loading it …`;
  }
}

function trainingLine(progress: TrainingProgress | undefined): string {
  if (progress === undefined) return 'Training: preparing the corrections …';
  // After the last batch the trainer evaluates the model, for half of the time again.
  if (progress.fraction >= 1) return 'Trained. Evaluating …';
  const { fraction, epoch, epochs } = progress;
  const parts = [`Training: ${Math.floor(fraction * 100)} %`, `epoch ${epoch} of ${epochs}`];
  const time = timeLeft(progress);
  return [...parts, ...(time === '' ? [] : [time])].join(', ');
}

/** Minutes and seconds; empty until they are known. */
function timeLeft({ remainingMs }: TrainingProgress): string {
  if (remainingMs === undefined) return '';
  const seconds = Math.ceil(remainingMs / 1000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')} left`;
}

/** Short, so that the path fits into one row. */
function suspectLabelsLine(learning: Learning): string | undefined {
  if (learning.type !== 'compared' || learning.suspectLabels === undefined) return undefined;
  const { count, page } = learning.suspectLabels;
  return `${count} suspect: see ${page}`;
}

/** @returns how many corrections are left out and where they are shown; may be wrapped. */
export function suspectLabelsSentence(learning: Learning): string | undefined {
  if (!('suspectLabels' in learning) || learning.suspectLabels === undefined) return undefined;
  const { count, page } = learning.suspectLabels;
  const what = count === 1 ? '1 correction looks' : `${count} corrections look`;
  return `${what} wrong and ${count === 1 ? 'is' : 'are'} left out: see ${page}`;
}
