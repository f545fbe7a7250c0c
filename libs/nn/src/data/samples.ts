// Labelled network inputs, and functions that gather batches from them.

import type { Random } from '../engine/random.ts';
import { NnError, quoted } from '../errors.ts';
import { maxClasses } from '../inference/data-form.ts';
import { networkInputs } from '../preprocess/picture.ts';

/** Label of an outlier, a picture without a single digit; its target is the uniform distribution. */
export const outlierLabel = maxClasses;

/** Values of inputs: bytes are ink, 0…255 for 0…1, and floats are used as they are. */
export type InputValues = Uint8Array | Float32Array;

/** Labelled inputs of a network. */
export interface Samples<Values extends InputValues = Uint8Array> {
  readonly count: number;
  /** number of values in one input */
  readonly size: number;
  /** columns of the images, for augmentation; those of a square by default */
  readonly columns?: number | undefined;
  /** [count, size] ink 0…255: a quarter of the memory of floats, and exact for MNIST; or floats */
  readonly inputs: Values;
  /** [count] classes, or `outlierLabel` */
  readonly labels: Uint8Array;
}

/**
 * Checks what a caller without types gives as samples.
 *
 * @param name of the argument, for the message
 * @throws NnError `invalid-options` for something else than samples, `data-mismatch` if the arrays have other
 * lengths than `count` and `size` say
 */
export function expectSamples(samples: Samples<InputValues>, name: string): void {
  const { count, size, inputs, labels } = { ...samples };
  const areValues = inputs instanceof Float32Array || inputs instanceof Uint8Array;
  if (!areValues || !(labels instanceof Uint8Array)) {
    throw new NnError(
      'invalid-options',
      `${name} is ${quoted(samples)}: expected what samplesOf(inputs, labels) returns`,
    );
  }
  if (labels.length === count && inputs.length === count * size) return;
  throw new NnError(
    'data-mismatch',
    `${name} has ${inputs.length} inputs and ${labels.length} labels: expected ${count} of ${size} inputs`,
  );
}

/** @returns [count] the indices 0 … count − 1 in random order */
export function shuffledOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  random.shuffle(order);
  return order;
}

/** Copies the samples with the given indices into a batch, ink as 0…1. */
export function gatherBatch(
  samples: Samples<InputValues>,
  order: Uint32Array,
  inputs: Float32Array, // [order.length, size]
  labels: Uint8Array, // [order.length]
): void {
  for (const [m, index] of order.entries()) {
    labels[m] = samples.labels[index]!;
    gatherRow(inputs, m * samples.size, samples, index);
  }
}

/** [256] ink 0…255 → 0…1 */
const inkOfByte = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/** Copies sample `index` to inputs[at … at + size), ink as 0…1. */
export function gatherRow(
  inputs: Float32Array,
  at: number,
  { size, inputs: pictures }: Samples<InputValues>,
  index: number,
): void {
  const from = index * size;
  if (pictures instanceof Float32Array) {
    inputs.set(pictures.subarray(from, from + size), at);
    return;
  }
  for (let k = 0; k < size; k++) inputs[at + k] = inkOfByte[pictures[from + k]!]!;
}

/** Concatenates sets of samples of one size. */
export function joinSamples(...parts: readonly Samples[]): Samples {
  const [first] = parts;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const { size = networkInputs, columns } = { ...first };
  const inputs = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    inputs.set(part.inputs, at * size);
    labels.set(part.labels, at);
    at += part.count;
  }
  return { count, size, ...(columns !== undefined && { columns }), inputs, labels };
}

/** @returns copies of the samples whose label satisfies the predicate, in their order */
export function selectSamples(samples: Samples, predicate: (label: number) => boolean): Samples {
  const { labels } = samples;
  const chosen = Uint32Array.from(labels.keys()).filter(i => predicate(labels[i]!));
  return pickSamples(samples, chosen);
}

/** @returns copies of the samples with the given indices, in their order */
export function pickSamples<Values extends InputValues>(
  samples: Samples<Values>,
  indices: Uint32Array,
): Samples<Values> {
  const { size, inputs, labels } = samples;
  const length = indices.length * size;
  const picked = inputs instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
  for (const [at, i] of indices.entries()) {
    picked.set(inputs.subarray(i * size, (i + 1) * size), at * size);
  }
  return {
    ...samples,
    count: indices.length,
    inputs: picked as Values,
    labels: Uint8Array.from(indices, i => labels[i]!),
  };
}

/** @returns views of the first `maxCount` samples */
export function firstSamples(samples: Samples, maxCount: number): Samples {
  const { count, size, inputs, labels } = samples;
  const kept = Math.min(count, maxCount);
  return {
    ...samples,
    count: kept,
    inputs: inputs.subarray(0, kept * size),
    labels: labels.subarray(0, kept),
  };
}
