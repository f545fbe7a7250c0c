// Mini-batch training as an asynchronous generator: it computes and tells, and prints nothing.

import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createElasticField, drawAugmentations } from '../data/augment/augment.ts';
import { type Samples, shuffledOrder } from '../data/samples.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import { type Network, parametersOf } from '../engine/network.ts';
import { Random } from '../engine/random.ts';
import { NnError } from '../errors.ts';
import { createViewer, measure, type Viewer } from '../evaluation/metrics/measure.ts';
import type { SafetensorsContent } from '../registry/safetensors.ts';
import { encodeCheckpoint, type RunIdentity, restoreCheckpoint } from './checkpoint.ts';
import type { Phase, TrainingConfiguration } from './configuration.ts';
import type { EpochEvent, Position, TrainingEvent } from './events.ts';
import { packState, unpackState } from './parallel/panel-state.ts';
import { createSharedRun, type SharedRun } from './parallel/shared-run.ts';
import type { Step } from './parallel/step.ts';
import { createTeam, type Team } from './parallel/worker-pool.ts';
import { rateAt } from './schedule.ts';
import {
  copyParameters,
  createTrainingState,
  resultOf,
  streams,
  type TrainingState,
} from './state.ts';

export interface TrainingOptions {
  readonly configuration: TrainingConfiguration;
  /** decides the first weights, the order of the images and their changes */
  readonly seed: number;
  readonly kernels: Kernels;
  /**
   * how many threads compute, this one among them: 1 if not given. The result does not hang on it.
   * More than one want kernels whose arrays are shared.
   */
  readonly threads?: number | undefined;
  readonly training: Samples;
  readonly validation: Samples;
  /** a network of the same layers to begin with; its weights are copied */
  readonly initial?: Network | undefined;
  /** trained networks whose answers it learns beside the labels (teachers.ts); none if not given */
  readonly teachers?: readonly Network[] | undefined;
  /** a checkpoint of the same run, to go on from */
  readonly resume?: SafetensorsContent | undefined;
  /** ends the training before the next batch, with a checkpoint and the signal's reason */
  readonly signal?: AbortSignal | undefined;
}

interface Run extends TrainingOptions {
  readonly identity: RunIdentity;
  readonly state: TrainingState;
  readonly shared: SharedRun;
  readonly team: Team;
  readonly view: Viewer;
}

/**
 * Trains a network, phase after phase, and yields what happens; the last event is `done`, with the
 * network. A `checkpoint` comes after every epoch. The event loop gets its turn after every batch.
 * The same options give the same bytes, interrupted and resumed or not, on any number of threads.
 *
 * @throws NnError `training-diverged` when the loss is no longer a number, `checkpoint-mismatch` or
 * `checkpoint-corrupt` when `resume` is not of this run; `thread-lost` when a thread dies, after a
 * `checkpoint` of how the epoch began
 * @throws the signal's reason when it is aborted, after a last `checkpoint`
 */
export async function* train(options: TrainingOptions): AsyncGenerator<TrainingEvent, void> {
  const run = prepareRun(options);
  try {
    await run.team.ready;
    yield* trainPhases(run);
  } finally {
    await run.team.stop();
  }
}

async function* trainPhases(run: Run): AsyncGenerator<TrainingEvent, void> {
  const { state } = run;
  const { phases } = run.configuration;
  const { progress } = state;
  while (progress.phase < phases.length && !hasStopped(run)) {
    const phase = phases[progress.phase]!;
    yield { type: 'phase', phase: progress.phase + 1, phases: phases.length, ...phase };
    while (progress.epoch < phase.epochs && !hasStopped(run)) {
      yield* trainEpoch(run, phase);
      yield finishEpoch(run, phase);
      yield checkpoint(run, positionOf(run));
    }
    progress.phase++;
    progress.epoch = 0;
  }
  const network = resultOf(state);
  if (state.best) copyParameters(network, state.best);
  const validation = measure(run.view(run.validation), run.validation.labels);
  yield { type: 'done', network, validation, history: progress.history };
}

function prepareRun(options: TrainingOptions): Run {
  const { configuration, seed, kernels, training, validation, initial, resume } = options;
  const { threads = 1, teachers = [] } = options;
  const state = createTrainingState(configuration, seed, kernels, initial);
  const identity = {
    configuration,
    seed,
    data: digestOf(training, validation),
    kernels: kernels.name,
    ...(initial && { initial: digestOfWeights(initial) }),
    ...(teachers.length > 0 && { teachers: teachers.map(digestOfWeights) }),
  };
  if (resume) restoreCheckpoint(resume, state, identity);
  const shared = createSharedRun(state, configuration, seed, training, threads, teachers);
  packState(shared, state);
  return {
    ...options,
    identity,
    state,
    shared,
    team: createTeam(shared),
    view: createViewer(resultOf(state)),
  };
}

/** The rest of an epoch, in an order that only the seed and the epoch decide. */
async function* trainEpoch(run: Run, phase: Phase): AsyncGenerator<TrainingEvent, void> {
  const { training, signal, state } = run;
  const { progress } = state;
  const begun = structuredClone(progress);
  prepareEpoch(run);
  const batches = Math.ceil(training.count / phase.batchSize);
  while (progress.batch < batches) {
    const position = positionOf(run);
    if (signal?.aborted) {
      unpackState(run.shared, state);
      yield checkpoint(run, position);
      throw signal.reason;
    }
    const step = nextStep(run, phase);
    try {
      await takeStep(run, step);
    } catch (error) {
      // The threads' arrays are lost; the state's own are as the epoch found them.
      Object.assign(progress, begun);
      yield checkpoint(run, position);
      throw error;
    }
    const loss = sumOf(run.shared.losses, step.M);
    if (!Number.isFinite(loss)) throw diverged(loss, position, step.learningRate);
    progress.step++;
    progress.batch++;
    progress.lossSum += loss;
    const images = step.M;
    yield {
      type: 'batch',
      ...position,
      batch: progress.batch,
      batches,
      images,
      loss: loss / images,
    };
    await nextTurn();
  }
}

/** Draws what all batches of the coming epoch share. */
function prepareEpoch({ seed, training, configuration, state, shared }: Run): void {
  const epochs = state.progress.history.length;
  shared.order.set(shuffledOrder(training.count, new Random(seed, streams.order, epochs)));
  const { augmentation } = configuration;
  const field =
    augmentation && createElasticField(augmentation, new Random(seed, streams.field, epochs));
  if (!field || !shared.field) return;
  shared.field.dx.set(field.dx);
  shared.field.dy.set(field.dy);
}

function nextStep(run: Run, phase: Phase): Step {
  const { training, state } = run;
  const { batch, step, history } = state.progress;
  const first = batch * phase.batchSize;
  return {
    first,
    M: Math.min(phase.batchSize, training.count - first),
    learningRate: currentRate(run, phase, batch),
    count: step + 1,
    epochs: history.length,
    batch,
  };
}

async function takeStep({ seed, configuration, shared, team }: Run, step: Step): Promise<void> {
  const { augmentation } = configuration;
  if (augmentation) {
    const random = new Random(seed, streams.batch, step.epochs, step.batch);
    drawAugmentations(shared.changes, step.M, augmentation, random);
  }
  await team.take(step);
}

function sumOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  return sum;
}

/** Validates, and keeps the books on epochs. */
function finishEpoch(run: Run, phase: Phase): EpochEvent {
  const { state, training, validation, view } = run;
  const { progress } = state;
  unpackState(run.shared, state);
  const measured = measure(view(validation), validation.labels);
  const event: EpochEvent = {
    type: 'epoch',
    ...positionOf(run),
    loss: progress.lossSum / training.count,
    learningRate: currentRate(run, phase, progress.batch - 1),
    validation: measured,
  };
  progress.history.push(event);
  progress.epoch++;
  progress.batch = 0;
  progress.lossSum = 0;
  progress.epochsSinceBest++;
  if (measured.accuracy > progress.bestAccuracy) {
    progress.bestAccuracy = measured.accuracy;
    progress.epochsSinceBest = 0;
    if (state.best) copyParameters(state.best, resultOf(state));
  }
  return event;
}

function hasStopped({ configuration: { earlyStopping }, state: { progress } }: Run): boolean {
  return earlyStopping !== null && progress.epochsSinceBest >= earlyStopping.patience;
}

/** The learning rate of a batch, counted from 0 in this epoch. */
function currentRate({ training, state: { progress } }: Run, phase: Phase, batch: number): number {
  const batches = Math.ceil(training.count / phase.batchSize);
  const progressInPhase = (progress.epoch * batches + batch) / (phase.epochs * batches);
  return rateAt(phase.learningRate, phase.schedule, progressInPhase);
}

function checkpoint({ state, identity }: Run, position: Position): TrainingEvent {
  return { type: 'checkpoint', ...position, content: encodeCheckpoint(state, identity) };
}

function positionOf({ configuration: { phases }, state: { progress } }: Run): Position {
  return {
    phase: progress.phase + 1,
    phases: phases.length,
    epoch: progress.epoch + 1,
    epochs: phases[progress.phase]!.epochs,
  };
}

function diverged(loss: number, { phase, epoch }: Position, learningRate: number): NnError {
  return new NnError(
    'training-diverged',
    `the loss became ${loss} in phase ${phase}, epoch ${epoch}: train with a lower learning rate ` +
      `than ${learningRate}`,
  );
}

/** SHA-256 of everything that is trained and validated on. */
function digestOf(...parts: readonly Samples[]): string {
  const hash = createHash('sha256');
  for (const { inputs, labels } of parts) hash.update(inputs).update(labels);
  return hash.digest('hex');
}

/** SHA-256 of all parameters. */
function digestOfWeights(network: Network): string {
  const hash = createHash('sha256');
  for (const values of parametersOf(network).values()) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest('hex');
}
