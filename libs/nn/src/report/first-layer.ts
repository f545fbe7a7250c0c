// Renders the weights of the first layer, those of each unit as an image.

import { type Html, html } from './page/html.ts';
import { type Colour, renderImage } from './page/png-image.ts';

/** The weights of the first layer and their dimensions. */
export interface FirstLayer {
  /** [inputs, outputs] */
  readonly weight: Float32Array;
  /** pixels of a square image */
  readonly inputs: number;
  readonly outputs: number;
}

const maxUnits = 64;

/** Orange and blue, which are distinguishable with red-green colour blindness. */
const positive: Colour = [230, 120, 20];
const negative: Colour = [50, 120, 220];

/** Renders the units with the largest weights. @throws RangeError if the inputs are not a square image */
export function renderFirstLayer(layer: FirstLayer): Html {
  const side = Math.sqrt(layer.inputs);
  if (!Number.isInteger(side)) {
    throw new RangeError(`${layer.inputs} inputs are not a square image`);
  }
  const units = strongestUnits(layer);
  const images = units.map(unit =>
    renderImage({
      side,
      values: scaledWeights(layer, unit),
      positive,
      negative,
      description: `Weights of unit ${unit}`,
      className: 'filter',
    }),
  );
  return html`<section>
<h2>Weights of the first layer</h2>
<p>The ${units.length} of ${layer.outputs} units with the largest weights. Ink on
<b class="positive">orange</b> activates a unit, ink on <b class="negative">blue</b> inhibits it; each
image is scaled by its largest weight. Pixels at the edge, where no digit has ink, show little but the
initial random weights.</p>
<div class="filters">${images}</div>
</section>`;
}

/** The units with the largest sums of squared weights, largest first. */
function strongestUnits({ weight, inputs, outputs }: FirstLayer): number[] {
  const strengths = new Float64Array(outputs);
  for (let k = 0; k < inputs; k++) {
    for (let n = 0; n < outputs; n++) strengths[n]! += weight[k * outputs + n]! ** 2;
  }
  return Array.from(strengths.keys())
    .sort((a, b) => strengths[b]! - strengths[a]!)
    .slice(0, maxUnits);
}

/** [inputs], −1…1 */
function scaledWeights({ weight, inputs, outputs }: FirstLayer, unit: number): Float32Array {
  const column = Float32Array.from({ length: inputs }, (_, k) => weight[k * outputs + unit]!);
  const largest = column.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return largest === 0 ? column : column.map(value => value / largest);
}
