// The weights of the first layer as small images, one for each unit, for a screen that shows how they form.

import type { FiltersEvent } from '@digits/protocol';
import type { Network } from '../../../src/engine/network.ts';

/** As many as the widest screen shows. They are the first ones, so that an image keeps its place. */
const maxUnits = 64;

const maxByte = 127;

/** The event with the weights of the first units, each scaled by its largest weight. */
export function filtersOf({ layers }: Network, step: number): FiltersEvent {
  const { inputs, outputs, weight } = layers[0]!;
  const units = Math.min(maxUnits, outputs);
  const bytes = new Int8Array(units * inputs);
  for (let unit = 0; unit < units; unit++) {
    let largest = 0;
    for (let k = 0; k < inputs; k++) {
      largest = Math.max(largest, Math.abs(weight[k * outputs + unit]!));
    }
    const scale = largest === 0 ? 0 : maxByte / largest;
    for (let k = 0; k < inputs; k++) {
      bytes[unit * inputs + k] = Math.round(scale * weight[k * outputs + unit]!);
    }
  }
  const weights = Buffer.from(bytes.buffer).toString('base64');
  return { type: 'filters', step, units, side: Math.sqrt(inputs), weights };
}
