// What a training screen shows, as one immutable value, and how each event of nn:train changes it. Pure: times
// are passed in.

import type { BatchEvent, MistakesEvent, ProbeAnswer, TrainingEvent } from '@digits/protocol';
import type { CurvePoint } from '../curve.ts';
import type { SmallPicture } from '../picture.ts';
import { fractionAfter, type Progress, remainingMs } from './estimate.ts';

/** A progress of so many of so many. */
export interface Preparation {
  readonly step: 'images' | 'drawings';
  readonly done: number;
  /** null until it is known */
  readonly of: number | null;
}

/** The state of a training screen. */
export interface TrainingView {
  readonly title: string;
  /** epochs of each phase; without them all phases count alike */
  readonly epochsOfPhases: readonly number[];
  readonly isPaused: boolean;
  readonly isDone: boolean;
  readonly preparation: Preparation | undefined;
  /** the last batch */
  readonly batch: BatchEvent | undefined;
  /** the completed fraction of the run, 0…1 */
  readonly fraction: number;
  /** the fraction and the time of the first batch that this screen got, and the images since */
  readonly start: Progress | undefined;
  readonly images: number;
  readonly nowMs: number;
  /** mean losses of the batches in each of `lossBins` equal parts of the run */
  readonly losses: readonly (LossBin | undefined)[];
  /** after each epoch, 0…1 */
  readonly accuracies: readonly CurvePoint[];
  readonly answers: readonly ProbeAnswer[];
  readonly filters: readonly SmallPicture[];
  readonly mistakes: MistakesEvent | undefined;
  readonly pictures: readonly SmallPicture[];
}

/** The mean loss of some batches. */
export interface LossBin {
  readonly mean: number;
  readonly count: number;
}

/** More parts than the widest curve has dots. */
const lossBins = 400;

/** The screen before the first event. @param epochsOfPhases empty if they are not known */
export function startTrainingView(
  title: string,
  epochsOfPhases: readonly number[] = [],
): TrainingView {
  return {
    title,
    epochsOfPhases,
    isPaused: false,
    isDone: false,
    preparation: undefined,
    batch: undefined,
    fraction: 0,
    start: undefined,
    images: 0,
    nowMs: 0,
    losses: Array.from({ length: lossBins }, () => undefined),
    accuracies: [],
    answers: [],
    filters: [],
    mistakes: undefined,
    pictures: [],
  };
}

/**
 * The screen after an event.
 *
 * @param nowMs the time without pauses, on any clock
 */
export function withTrainingEvent(
  view: TrainingView,
  event: TrainingEvent,
  nowMs: number,
): TrainingView {
  switch (event.type) {
    case 'synthesis':
      return { ...view, preparation: event, nowMs };
    case 'batch':
      return withBatch(view, event, nowMs);
    case 'epoch': {
      const x = fractionAfter({ ...event, batch: 1, batches: 1 }, view.epochsOfPhases);
      const point = { x, y: event.validation.accuracy };
      return { ...view, accuracies: [...view.accuracies, point], nowMs };
    }
    case 'probe':
      return { ...view, answers: event.answers };
    case 'filters':
      return { ...view, filters: filtersOf(event.weights, event.units, event.side) };
    case 'mistakes':
      return { ...view, mistakes: event, pictures: picturesOf(event) };
    case 'done':
    case 'unsaved':
      return { ...view, isDone: true, isPaused: false };
    default:
      return view;
  }
}

/** The screen of a training that was paused or goes on. */
export function withPause(view: TrainingView, isPaused: boolean): TrainingView {
  return view.isPaused === isPaused ? view : { ...view, isPaused };
}

function withBatch(view: TrainingView, event: BatchEvent, nowMs: number): TrainingView {
  const fraction = fractionAfter(event, view.epochsOfPhases);
  const index = Math.min(Math.floor(fraction * lossBins), lossBins - 1);
  const { mean, count } = view.losses[index] ?? { mean: 0, count: 0 };
  const bin = { mean: mean + (event.loss - mean) / (count + 1), count: count + 1 };
  return {
    ...view,
    preparation: undefined,
    batch: event,
    fraction,
    start: view.start ?? { fraction, ms: nowMs },
    // The first batch ends when its time begins.
    images: view.start ? view.images + event.images : 0,
    nowMs,
    losses: view.losses.with(index, bin),
  };
}

/** Images a second since the first batch; undefined before there is a second one. */
export function throughputOf({ start, nowMs, images }: TrainingView): number | undefined {
  return start && nowMs > start.ms && images > 0 ? (1000 * images) / (nowMs - start.ms) : undefined;
}

/** The estimated remaining time, linearly extrapolated; undefined before there is progress. */
export function remainingMsOf({ start, nowMs, fraction }: TrainingView): number | undefined {
  return start && remainingMs(start, { fraction, ms: nowMs });
}

/** The mean losses over the whole run. */
export function lossPointsOf({ losses }: TrainingView): CurvePoint[] {
  return losses.flatMap((bin, index) => (bin ? [{ x: index / (lossBins - 1), y: bin.mean }] : []));
}

function filtersOf(weights: string, units: number, side: number): SmallPicture[] {
  const { buffer, byteOffset, length } = Buffer.from(weights, 'base64');
  const values = scaled(new Int8Array(buffer, byteOffset, length), 127);
  const size = side * side;
  return Array.from({ length: units }, (_, unit) => ({
    side,
    values: values.subarray(unit * size, (unit + 1) * size),
    isInk: false,
  }));
}

function picturesOf({ examples }: MistakesEvent): SmallPicture[] {
  return examples.map(({ actual, predicted, pixels }) => {
    const bytes = Buffer.from(pixels, 'base64');
    return {
      side: Math.sqrt(bytes.length),
      values: scaled(bytes, 255),
      isInk: true,
      caption: `${actual}→${predicted}`,
    };
  });
}

/** values / largest; a plain loop, because a frame has tens of thousands. */
function scaled(values: Int8Array | Uint8Array, largest: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i]! / largest;
  return result;
}
