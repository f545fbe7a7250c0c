// A training state as safetensors and back. A checkpoint names the run it belongs to, and is taken
// up by no other.

import Type from 'typebox';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { TrainingConfiguration } from './configuration.ts';
import { arraysOf, type Progress, type TrainingState } from './state.ts';

const format = 'digits-checkpoint/1';

/** What makes two runs the same run: the same steps to the bit. */
export interface RunIdentity {
  readonly configuration: TrainingConfiguration;
  readonly seed: number;
  /** a digest of the training and validation samples */
  readonly data: string;
  readonly kernels: string;
  /** a digest of the weights that it begins with, where they are not drawn from the seed */
  readonly initial?: string;
  /** and of each network whose answers it learns */
  readonly teachers?: readonly string[];
}

const Count = Type.Integer({ minimum: 0 });

const Validation = Type.Object({
  count: Count,
  correct: Count,
  accuracy: Type.Number(),
  loss: Type.Number(),
});

const EpochRecord = Type.Object({
  type: Type.Literal('epoch'),
  phase: Count,
  phases: Count,
  epoch: Count,
  epochs: Count,
  loss: Type.Number(),
  learningRate: Type.Number(),
  validation: Validation,
});

const ProgressRecord = Type.Object({
  phase: Count,
  epoch: Count,
  batch: Count,
  step: Count,
  lossSum: Type.Number(),
  history: Type.Array(EpochRecord),
  bestAccuracy: Type.Number(),
  epochsSinceBest: Count,
});

/** Views on the state's arrays, not copies. */
export function encodeCheckpoint(state: TrainingState, identity: RunIdentity): SafetensorsContent {
  return {
    metadata: {
      format,
      run: JSON.stringify(identity),
      progress: JSON.stringify(state.progress),
    },
    tensors: new Map(
      [...arraysOf(state)].map(([name, values]) => [name, { shape: [values.length], values }]),
    ),
  };
}

/**
 * Sets a fresh state of the same run to what the checkpoint holds.
 *
 * @throws NnError `checkpoint-mismatch` for a checkpoint of another run, `checkpoint-corrupt` for
 * one that does not hold what it should; the state is then of no more use
 */
export function restoreCheckpoint(
  { metadata, tensors }: SafetensorsContent,
  state: TrainingState,
  identity: RunIdentity,
): void {
  if (metadata['format'] !== format) {
    throw corrupt(`its format is ${metadata['format']}, expected ${format}`);
  }
  if (metadata['run'] !== JSON.stringify(identity)) {
    throw new NnError(
      'checkpoint-mismatch',
      `the checkpoint belongs to another run: ${firstDifference(metadata['run'], identity)}; ` +
        'train without --resume to start over',
    );
  }
  Object.assign(state.progress, parseProgress(metadata['progress']));
  for (const [name, values] of arraysOf(state)) {
    const saved = tensors.get(name)?.values;
    if (saved?.length !== values.length) throw corrupt(`it has no whole ${name}`);
    values.set(saved);
  }
}

function parseProgress(text: string | undefined): Progress {
  let progress: unknown;
  try {
    progress = JSON.parse(text ?? '');
  } catch {}
  if (Value.Check(ProgressRecord, progress)) return progress;
  throw corrupt(`its progress is ${text?.slice(0, 100)}`);
}

/** Names the first part in which two runs differ. */
function firstDifference(saved: string | undefined, identity: RunIdentity): string {
  let other: Record<string, unknown> = {};
  try {
    other = { ...JSON.parse(saved ?? '') };
  } catch {}
  const own: Record<string, unknown> = { ...identity };
  for (const key of Object.keys({ ...own, ...other })) {
    const [theirs, ours] = [JSON.stringify(other[key]), JSON.stringify(own[key])];
    if (theirs !== ours) return `its ${key} is ${theirs}, this run's ${ours}`;
  }
  return 'it says nothing of itself';
}

function corrupt(what: string): NnError {
  return new NnError(
    'checkpoint-corrupt',
    `the checkpoint cannot be taken up: ${what}; train without --resume to start over`,
  );
}
