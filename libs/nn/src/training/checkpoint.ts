// Encodes the state of a training run as a checkpoint in safetensors format, and restores it.

import { EpochEvent } from '@digits/protocol';
import Type from 'typebox';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import type { RunIdentity } from './run-identity.ts';
import { arraysOf, type Progress, type TrainingState } from './state.ts';

const format = 'digits-checkpoint/1';

const Count = Type.Integer({ minimum: 0 });

const ProgressRecord = Type.Object({
  phase: Count,
  epoch: Count,
  batch: Count,
  step: Count,
  lossSum: Type.Number(),
  history: Type.Array(EpochEvent),
  bestAccuracy: Type.Number(),
  epochsSinceBest: Count,
});

/** Encodes a checkpoint. Its tensors are views on the state's arrays, not copies. */
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
 * Restores a checkpoint into a new state of the same run.
 *
 * @throws NnError `checkpoint-mismatch` for a checkpoint of another run, `checkpoint-corrupt` for
 * invalid content; the state must not be used after an error
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
      `the checkpoint belongs to another run: ${firstDifference(metadata['run'], identity)}`,
    );
  }
  Object.assign(state.progress, parseProgress(metadata['progress']));
  for (const [name, values] of arraysOf(state)) {
    const saved = tensors.get(name)?.values;
    if (saved?.length !== values.length) throw corrupt(`${name} is missing or has the wrong size`);
    values.set(saved);
  }
}

function parseProgress(text: string | undefined): Progress {
  const progress = parseJson(text ?? '');
  if (Value.Check(ProgressRecord, progress)) return progress;
  throw corrupt(`its progress is ${text?.slice(0, 100)}`);
}

/** Describes the first field in which two runs differ. */
function firstDifference(saved: string | undefined, identity: RunIdentity): string {
  const savedFields: Record<string, unknown> = { ...(parseJson(saved ?? '') as object) };
  const fields: Record<string, unknown> = { ...identity };
  for (const key of Object.keys({ ...fields, ...savedFields })) {
    const [theirs, ours] = [JSON.stringify(savedFields[key]), JSON.stringify(fields[key])];
    if (theirs !== ours) return `its ${key} is ${theirs}, this run's is ${ours}`;
  }
  return 'it does not identify its run';
}

function corrupt(reason: string): NnError {
  return new NnError('checkpoint-corrupt', `the checkpoint cannot be read: ${reason}`);
}
