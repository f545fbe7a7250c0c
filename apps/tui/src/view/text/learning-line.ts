// The status line while the corrections are checked and a new version is trained, compared and promoted.

import { openSuspects } from '../../state/corrections/corrections.ts';
import type {
  ComparisonProgress,
  Learning,
  PreparationProgress,
  TrainingProgress,
} from '../../state/learning/learning.ts';
import type { State } from '../../state/state.ts';
import { serviceLine } from './status.ts';
import { durationIn } from './tables/learning-plan.ts';

/** @returns the state of learning while there is a service for it, else the state of the service. */
export function statusLine({ learning, service, mode }: State): string {
  if (service.status === 'away') return serviceLine(service);
  // The result and the question are on the screen already.
  const isAsking = mode.type === 'gate' || mode.type === 'confirming-training';
  return (isAsking ? undefined : learningLine(learning)) ?? serviceLine(service);
}

/** @returns `undefined` if there is nothing to say. */
export function learningLine(learning: Learning): string | undefined {
  switch (learning.type) {
    case 'none':
    case 'failed':
      return undefined;
    case 'checking':
      return 'Counting the corrections and checking their labels … Esc cancels';
    case 'checked':
      return 'The corrections are counted: t shows what can be learnt';
    case 'training':
      return learning.progress
        ? trainingLine(learning.progress)
        : preparationLine(learning.preparation);
    case 'comparing':
      return `${comparisonLine(learning.version, learning.progress)}. Esc cancels`;
    case 'trained':
      return `${learning.version} is not compared yet: t compares it`;
    case 'compared':
      return `${learning.gate.version} has been compared: t shows the result`;
    case 'promoting':
      return learning.progress === undefined
        ? `Promoting ${learning.version} …`
        : comparisonLine(`${learning.version} again`, learning.progress);
    case 'promoted':
      return `${learning.version} is the champion; the service is loading it …`;
  }
}

function preparationLine(preparation: PreparationProgress | undefined): string {
  if (preparation === undefined) return 'Training: preparing the corrections …';
  const { step, fraction } = preparation;
  const what = step === 'images' ? 'preparing the images' : 'drawing further images';
  return `Training: ${what}, ${percent(fraction)}`;
}

function trainingLine(progress: TrainingProgress): string {
  // After the last batch the trainer evaluates the model, for half of the time again.
  if (progress.fraction >= 1) return 'Trained. Evaluating …';
  const { fraction, epoch, epochs, remainingMs } = progress;
  const parts = [`Training: ${percent(fraction)}`, `epoch ${epoch} of ${epochs}`];
  return [...parts, ...timeLeft(remainingMs)].join(', ');
}

function comparisonLine(version: string, progress: ComparisonProgress | undefined): string {
  const { fraction = 0, remainingMs } = progress ?? {};
  const parts = [`Comparing ${version}: ${percent(fraction)}`, ...timeLeft(remainingMs)];
  return parts.join(', ');
}

function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

/** Nothing until it is known. */
function timeLeft(remainingMs: number | undefined): string[] {
  return remainingMs === undefined ? [] : [`${durationIn(remainingMs)} left`];
}

/** @returns how many corrections are left out of the training; may be wrapped. */
export function suspectLabelsSentence(state: State): string | undefined {
  const count = openSuspects(state.review).length;
  const isLearning = ['training', 'comparing', 'trained'].includes(state.learning.type);
  if (count === 0 || !isLearning) return undefined;
  const what = count === 1 ? '1 correction looks' : `${count} corrections look`;
  return `${what} wrong and ${count === 1 ? 'is' : 'are'} left out: F shows ${count === 1 ? 'it' : 'them'}.`;
}
