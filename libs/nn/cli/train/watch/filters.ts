// The weights of the first layer as small images, one for each unit, for a screen that shows how they form.

import type { FiltersEvent } from '@digits/protocol';
import type { Network } from '../../../src/engine/network.ts';
import { scaledWeights } from '../../../src/inference/neuron.ts';

/** As many as the widest screen shows. They are the first ones, so that an image keeps its place. */
const maxUnits = 64;

const maxByte = 127;

/** The event with the weights of the first units, each scaled by its largest weight. */
export function filtersOf({ layers }: Network, step: number): FiltersEvent {
  const layer = layers[0]!;
  const { inputs, outputs } = layer;
  const units = Math.min(maxUnits, outputs);
  const bytes = new Int8Array(units * inputs);
  for (let unit = 0; unit < units; unit++) {
    const weights = scaledWeights(layer, unit);
    bytes.set(
      weights.map(value => Math.round(maxByte * value)),
      unit * inputs,
    );
  }
  const weights = Buffer.from(bytes.buffer).toString('base64');
  return { type: 'filters', step, units, side: Math.sqrt(inputs), weights };
}
