// The weights of the first layer as small images, one for each unit, for a screen that shows how they form.

import type { FiltersEvent } from '@digits/protocol';
import type { Network } from '../../../src/engine/network.ts';
import { scaledWeights } from '../../../src/inference/neuron.ts';
import { toSquare } from './square.ts';

/** As many as the widest screen shows. They are the first ones, so that an image keeps its place. */
const maxUnits = 64;

const maxByte = 127;

/**
 * The event with the weights of the first units, each scaled by its largest weight.
 *
 * @param columns of the images; those of a square by default
 */
export function filtersOf({ layers }: Network, step: number, columns?: number): FiltersEvent {
  const layer = layers[0]!;
  const { inputs, outputs } = layer;
  const units = Math.min(maxUnits, outputs);
  const side = columns === undefined ? Math.sqrt(inputs) : Math.max(columns, inputs / columns);
  const bytes = new Int8Array(units * side * side);
  for (let unit = 0; unit < units; unit++) {
    const weights = toSquare(scaledWeights(layer, unit), columns);
    bytes.set(
      weights.map(value => Math.round(maxByte * value)),
      unit * side * side,
    );
  }
  const weights = Buffer.from(bytes.buffer).toString('base64');
  return { type: 'filters', step, units, side, weights };
}
