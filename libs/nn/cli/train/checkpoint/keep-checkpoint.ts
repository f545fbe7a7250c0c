// Keeps the checkpoints of a run in its folder, and says how to continue from the last one.

import type { SafetensorsContent } from '../../../src/registry/safetensors.ts';
import type { CheckpointEvent } from '../../../src/training/events.ts';
import { Interrupted } from '../../shared/command.ts';
import { dataName } from '../../shared/sources.ts';
import { nameOfValidationSamples } from '../../shared/validation-set.ts';
import type { TrainingData } from '../data/load-training-data.ts';
import { describeCommand, type TrainingCommandOptions } from '../plan/options.ts';
import { type RunFolder, withResumeAdvice } from './run-folder.ts';

/** Keeps the checkpoints of one run. */
export interface CheckpointKeeper {
  /** Writes a checkpoint, replacing the one before. @throws NnError `write-failed` */
  readonly keep: (event: CheckpointEvent, data: TrainingData) => Promise<void>;
  /** @returns the error to end with; of an interrupted run, one that says what was kept */
  readonly errorOf: (error: unknown) => unknown;
}

/** Options of `createCheckpointKeeper`. */
interface CheckpointKeeperOptions {
  readonly options: TrainingCommandOptions;
  readonly folder: RunFolder;
  /** whether the run continued from a checkpoint */
  readonly isResumed: boolean;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Creates the keeper of a run. */
export function createCheckpointKeeper(run: CheckpointKeeperOptions): CheckpointKeeper {
  const { options, folder, isResumed, signal, print } = run;
  let saved: string | undefined;
  return {
    async keep({ epoch, phase, content }, data) {
      await folder.save(withName(content, options, data));
      saved = `The checkpoint of epoch ${epoch} in phase ${phase}`;
    },
    errorOf(error) {
      const isInterrupted = signal.aborted && error === signal.reason;
      // The former checkpoint may be what another error is about.
      const former = isResumed && isInterrupted ? formerCheckpoint : undefined;
      const kept = saved ?? former;
      const how = kept && `${kept} is kept. To continue:\n  ${describeCommand(options)} --resume`;
      if (isInterrupted) return new Interrupted(how ?? nothingKept(options));
      if (how !== undefined) print(how);
      return withResumeAdvice(error);
    },
  };
}

const formerCheckpoint = 'The checkpoint that the run continued from';

function nothingKept({ save }: TrainingCommandOptions): string {
  return save ? 'Nothing was kept: there was no checkpoint yet.' : 'Nothing was kept.';
}

/** Adds the name of the validation samples, for the list of trainings. */
function withName(
  { metadata, tensors }: SafetensorsContent,
  { data: folder }: TrainingCommandOptions,
  { validation, validationImages }: TrainingData,
): SafetensorsContent {
  const name = nameOfValidationSamples(dataName(folder), validationImages, validation.count);
  return { metadata: { ...metadata, validation: name }, tensors };
}
