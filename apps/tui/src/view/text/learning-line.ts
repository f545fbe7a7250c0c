// What the status line says while something is learnt.

import type { Learning, TrainingProgress } from '../../state/learning.ts';
import type { State } from '../../state/state.ts';
import { serviceLine } from './wording.ts';

/** @returns what is learnt while there is something to learn with, or else how the service is */
export function statusLine({ learning, service, mode }: State): string {
  if (service.status === 'away') return serviceLine(service);
  // The table is on the screen already.
  const learnt = mode.type === 'gate' ? suspectLabelsLine(learning) : learningLine(learning);
  return learnt ?? serviceLine(service);
}

/** @returns undefined where there is nothing to say */
export function learningLine(learning: Learning): string | undefined {
  switch (learning.type) {
    case 'none':
    case 'failed':
      return undefined;
    case 'training':
      return trainingLine(learning.progress);
    case 'comparing':
      return `Learnt. Comparing ${learning.version} with the champion …`;
    case 'compared':
      return `${learning.gate.version} has been compared: t shows it`;
    case 'promoting':
      return `Promoting ${learning.version}: the gate looks once more …`;
    case 'promoted':
      return `${learning.version} is the champion; the service takes it up …`;
  }
}

function trainingLine(progress: TrainingProgress | undefined): string {
  if (progress === undefined) return 'Learning: preparing the corrections …';
  // After the last batch the trainer measures what it has, for half of the time again.
  if (progress.fraction >= 1) return 'Learnt. Measuring it …';
  const { epoch, epochs } = progress;
  const parts = [`Learning: ${percentOf(progress)}`, `epoch ${epoch} of ${epochs}`];
  const time = timeOf(progress);
  return [...parts, ...(time === '' ? [] : [time])].join(', ');
}

function percentOf({ fraction }: TrainingProgress): string {
  return `${Math.floor(fraction * 100)} %`;
}

/** Minutes and seconds; empty until it is known. */
function timeOf({ remainingMs }: TrainingProgress): string {
  if (remainingMs === undefined) return '';
  const seconds = Math.ceil(remainingMs / 1000);
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')} left`;
}

/** In one row a path just fits. */
function suspectLabelsLine(learning: Learning): string | undefined {
  if (learning.type !== 'compared' || learning.suspectLabels === undefined) return undefined;
  const { count, page } = learning.suspectLabels;
  return `${count} doubtful: see ${page}`;
}

/** @returns what is left out and where it can be looked at; for the notice, which may be wrapped */
export function suspectLabelsSentence(learning: Learning): string | undefined {
  if (!('suspectLabels' in learning) || learning.suspectLabels === undefined) return undefined;
  const { count, page } = learning.suspectLabels;
  const what = count === 1 ? '1 correction looks' : `${count} corrections look`;
  return `${what} wrong and ${count === 1 ? 'is' : 'are'} left out: see ${page}`;
}
