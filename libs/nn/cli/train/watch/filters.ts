// The weights of the first layer as small images, one for each unit, for a screen that shows how they form.

import type { FiltersEvent } from '@digits/protocol';
import type { Network } from '../../../src/engine/network.ts';
import type { WeightMatrix } from '../../../src/inference/neuron.ts';

/** As many as the widest screen shows. They are the first ones, so that an image keeps its place. */
const maxUnits = 64;

const maxByte = 127;

/**
 * The event with the weights of the first units, each scaled by its largest weight. Images that are not square
 * are padded at the right or at the bottom, because screens show pictures of one side.
 *
 * @param columns of the images; those of a square by default
 */
export function filtersOf(
  { layers }: Pick<Network, 'layers'>,
  step: number,
  columns?: number,
): FiltersEvent {
  const layer = layers[0]!;
  const units = Math.min(maxUnits, layer.outputs);
  const width = columns ?? Math.sqrt(layer.inputs);
  const side = Math.max(width, layer.inputs / width);
  const images = imagesOf(layer, units, { width, side });
  const weights = Buffer.from(images.buffer).toString('base64');
  return { type: 'filters', step, units, side, weights };
}

/**
 * Reads the weights in the order of memory: a unit's weights are a column of them, and reading it alone would
 * miss the cache with each weight.
 *
 * @returns [units, side, side], −127…127
 */
function imagesOf(
  layer: WeightMatrix,
  units: number,
  { width, side }: { readonly width: number; readonly side: number },
): Int8Array<ArrayBuffer> {
  const { inputs, outputs, weight } = layer;
  const scales = scalesOf(layer, units);
  const images = new Int8Array(units * side * side);
  for (let k = 0; k < inputs; k++) {
    const pixel = Math.floor(k / width) * side + (k % width);
    for (let unit = 0; unit < units; unit++) {
      const value = Math.round(weight[k * outputs + unit]! * scales[unit]!);
      images[unit * side * side + pixel] = value;
    }
  }
  return images;
}

/** By unit, what makes its largest weight ±127. */
function scalesOf({ inputs, outputs, weight }: WeightMatrix, units: number): Float64Array {
  const largest = new Float64Array(units);
  for (let k = 0; k < inputs; k++) {
    for (let unit = 0; unit < units; unit++) {
      largest[unit] = Math.max(largest[unit]!, Math.abs(weight[k * outputs + unit]!));
    }
  }
  return largest.map(value => (value === 0 ? 0 : maxByte / value));
}
