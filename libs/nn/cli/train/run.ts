// What the steps of a training share, and its events for --json.

import type { TrainingEvent } from '@digits/protocol';
import type { FormedData } from '../../src/data/data-form.ts';
import type { ChosenKernels } from '../../src/engine/kernels/choose.ts';
import type { SafetensorsContent } from '../../src/registry/safetensors.ts';
import { type CommandContext, writeJsonLine } from '../shared/command.ts';
import type { CheckpointKeeper } from './checkpoint/keep-checkpoint.ts';
import type { RunFolder } from './checkpoint/run-folder.ts';
import type { FetchedCorrections } from './corrections/corrections.ts';
import type { TrainingCommandOptions } from './plan/options.ts';
import type { TrainingPlan } from './plan/plan.ts';
import type { TrainingReport } from './progress.ts';
import type { TrainingControl } from './watch/control.ts';
import type { Observer } from './watch/observer.ts';
import type { Probe } from './watch/probes.ts';

/** The data that all steps of the command use. */
export interface Run {
  readonly context: CommandContext;
  readonly options: TrainingCommandOptions;
  readonly kernels: ChosenKernels;
  readonly plan: TrainingPlan;
  /** the images of --data; undefined for MNIST */
  readonly images: FormedData | undefined;
  readonly folder: RunFolder;
  readonly control: TrainingControl;
  readonly report: TrainingReport;
  readonly fetched: FetchedCorrections | undefined;
  readonly probes: readonly Probe[];
  /** whether a screen or a program watches the network */
  readonly isWatched: boolean;
}

/** A run with what is created from it before the data is loaded. */
export interface StartedRun extends Run {
  /** that the run continues from */
  readonly checkpoint: SafetensorsContent | undefined;
  readonly keeper: CheckpointKeeper;
  readonly observer: Observer;
}

/** Writes an event to stdout with --json. */
export function writeEvent(
  { context, options }: Pick<Run, 'context' | 'options'>,
  event: TrainingEvent,
): void {
  if (options.json) writeJsonLine(context, event);
}
