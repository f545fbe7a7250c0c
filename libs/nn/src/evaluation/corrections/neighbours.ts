// Finds the nearest neighbours of an image by cosine similarity of the activations of a network's last
// hidden layer.

import { gatherBatch, type Samples } from '../../data/samples.ts';
import { createActivations, forward, type Network } from '../../engine/network.ts';
import { forwardBatchSize } from '../metrics/measure.ts';

/** The feature vectors of a set of images. */
export interface Features {
  readonly count: number;
  readonly width: number;
  /** [count, width], rows normalised to length 1; all 0 if all activations are 0 */
  readonly values: Float32Array;
}

/** The feature vector of one image, [width], as a view. */
export function featureRow({ width, values }: Features, index: number): Float32Array {
  return values.subarray(index * width, (index + 1) * width);
}

/** The activations of the last hidden layer, or the inputs if the network has no hidden layer. */
export function featuresOf(network: Network, samples: Samples): Features {
  const activations = createActivations(network, forwardBatchSize);
  const labels = new Uint8Array(forwardBatchSize);
  const width = network.layers.at(-1)!.inputs;
  const values = new Float32Array(samples.count * width);
  for (let start = 0; start < samples.count; start += forwardBatchSize) {
    const count = Math.min(forwardBatchSize, samples.count - start);
    const order = Uint32Array.from({ length: count }, (_, i) => start + i);
    gatherBatch(samples, order, activations.input, labels);
    forward(network, activations, count);
    const hidden = activations.outputs.at(-2) ?? activations.input;
    values.set(hidden.subarray(0, count * width), start * width);
  }
  const features = { count: samples.count, width, values };
  for (let i = 0; i < samples.count; i++) normalise(featureRow(features, i));
  return features;
}

function normalise(row: Float32Array): void {
  const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  if (length > 0) for (const [i, value] of row.entries()) row[i] = value / length;
}

/** Options of a search. */
export interface NeighbourSearch {
  readonly count: number;
  /** index of a row to skip: that of the image itself, if it is one of the rows */
  readonly excluded?: number;
}

/**
 * Finds the rows with the highest cosine similarity.
 *
 * @param row [width], normalised to length 1 like the rows of `among`
 * @returns indices of at most `count` rows, most similar first
 */
export function findNearest(
  among: Features,
  row: Float32Array,
  { count, excluded: except }: NeighbourSearch,
): number[] {
  const found: { readonly at: number; readonly cosine: number }[] = [];
  for (let at = 0; at < among.count; at++) {
    if (at === except) continue;
    const cosine = dot(row, among.values, at * among.width);
    if (found.length === count && cosine <= found.at(-1)!.cosine) continue;
    const place = found.findIndex(other => other.cosine < cosine);
    found.splice(place === -1 ? found.length : place, 0, { at, cosine });
    if (found.length > count) found.pop();
  }
  return found.map(({ at }) => at);
}

function dot(row: Float32Array, values: Float32Array, from: number): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * values[from + i]!;
  return sum;
}
