// Renders the weights of the first layer, those of each unit as an image.

import { scaledWeights, strongestNeurons, type WeightMatrix } from '../inference/neuron.ts';
import { type Html, html } from './page/html.ts';
import { type Colour, renderImage } from './page/png-image.ts';

const maxUnits = 64;

/** Orange and blue, which are distinguishable with red-green colour blindness. */
const positive: Colour = [230, 120, 20];
const negative: Colour = [50, 120, 220];

/**
 * Renders the units with the largest weights.
 *
 * @param columns of the images; those of a square by default
 * @throws RangeError if the inputs are not such an image
 */
export function renderFirstLayer(layer: WeightMatrix, columns = Math.sqrt(layer.inputs)): Html {
  if (!Number.isInteger(columns) || layer.inputs % columns !== 0) {
    throw new RangeError(`${layer.inputs} inputs in ${columns} columns are not an image`);
  }
  const units = strongestNeurons(layer, maxUnits);
  const images = units.map(unit =>
    renderImage({
      width: columns,
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
image is scaled by its largest weight. Pixels that are empty in all images show little but the
initial random weights.</p>
<div class="filters">${images}</div>
</section>`;
}
