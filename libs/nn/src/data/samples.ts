// Pictures as the network sees them, ready to be drawn into batches.

import type { Random } from '../engine/random.ts';
import { inkBytes, networkInputs } from '../preprocess/picture.ts';
import { preprocess } from '../preprocess/preprocess.ts';
import type { Dataset } from './dataset.ts';

/** The label of a picture that shows no digit: training wants no answer to it to stand out. */
export const outlierLabel = 255;

export interface Samples {
  readonly count: number;
  /** Values in one picture. */
  readonly size: number;
  /** [count, size] ink, 0…255: a quarter of the memory of floats, and exact for MNIST */
  readonly inputs: Uint8Array;
  /** [count] classes, or `outlierLabel` */
  readonly labels: Uint8Array;
}

/** Sends every picture through the preprocessing; a blank one stays blank. */
export function prepareSamples(dataset: Dataset): Samples {
  const { count, rows, columns, pixels, labels } = dataset;
  const size = rows * columns;
  const inputs = new Uint8Array(count * networkInputs);
  for (let i = 0; i < count; i++) {
    const data = pixels.subarray(i * size, (i + 1) * size);
    const ink = preprocess({ width: columns, height: rows, channels: 1, data });
    if (ink) inputs.set(inkBytes(ink), i * networkInputs);
  }
  return { count, size: networkInputs, inputs, labels };
}

/** The numbers 0 … count − 1 in an order that the random source decides. */
export function shuffledOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  random.shuffle(order);
  return order;
}

/** Copies the samples that `order` names into a batch, ink as 0…1. */
export function gatherBatch(
  samples: Samples,
  order: Uint32Array,
  inputs: Float32Array, // [order.length, size]
  labels: Uint8Array, // [order.length]
): void {
  for (const [m, index] of order.entries()) {
    labels[m] = samples.labels[index]!;
    gatherRow(inputs, m * samples.size, samples, index);
  }
}

/** Ink 0…255 as 0…1. */
const ink = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Copies sample `index` to inputs[at … at + size), ink as 0…1. */
export function gatherRow(
  inputs: Float32Array,
  at: number,
  { size, inputs: pictures }: Samples,
  index: number,
): void {
  const from = index * size;
  for (let k = 0; k < size; k++) inputs[at + k] = ink[pictures[from + k]!]!;
}

/** One set after the other; all of the same size. */
export function joinSamples(...parts: readonly Samples[]): Samples {
  const [first] = parts;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const size = first?.size ?? networkInputs;
  const inputs = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    inputs.set(part.inputs, at * size);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { count, size, inputs, labels };
}

/** Those whose label is wanted, in their order. */
export function selectSamples(samples: Samples, isWanted: (label: number) => boolean): Samples {
  const { size, inputs, labels } = samples;
  const chosen = [...labels.keys()].filter(i => isWanted(labels[i]!));
  const selected = new Uint8Array(chosen.length * size);
  for (const [at, i] of chosen.entries()) {
    selected.set(inputs.subarray(i * size, (i + 1) * size), at * size);
  }
  return {
    count: chosen.length,
    size,
    inputs: selected,
    labels: Uint8Array.from(chosen, i => labels[i]!),
  };
}

/** The first so many, or all where there are fewer, as views. */
export function firstSamples({ count, size, inputs, labels }: Samples, most: number): Samples {
  const kept = Math.min(count, most);
  return {
    count: kept,
    size,
    inputs: inputs.subarray(0, kept * size),
    labels: labels.subarray(0, kept),
  };
}
