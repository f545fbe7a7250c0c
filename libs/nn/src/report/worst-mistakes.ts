// The mistakes that were made with the most confidence, as pictures.
import type { Samples } from '../data/samples.ts';
import type { Mistake } from '../evaluate/mistakes.ts';
import { type Html, html } from './html.ts';
import { percent } from './numbers.ts';
import { renderImage } from './png-image.ts';

export interface PicturedMistake extends Mistake {
  /** ink of a square picture as the network saw it, 0…255 */
  readonly pixels: Uint8Array;
}

/** @param samples that the mistakes were made with; the pixels are views on them */
export function pictureMistakes(
  mistakes: readonly Mistake[],
  { inputs, size }: Samples,
): PicturedMistake[] {
  return mistakes.map(mistake => ({
    ...mistake,
    pixels: inputs.subarray(mistake.index * size, (mistake.index + 1) * size),
  }));
}

/**
 * @param names of the classes
 * @returns nothing at all where there are no mistakes
 */
export function renderMistakes(
  mistakes: readonly PicturedMistake[],
  names: readonly string[],
): Html {
  if (mistakes.length === 0) return html``;
  return html`<section>
<h2>Worst mistakes</h2>
<p>Wrong answers, most confident first, with the number of the picture in its set.</p>
<div class="mistakes">${mistakes.map(mistake => renderMistake(mistake, names))}</div>
</section>`;
}

function renderMistake(
  { index, said, right, confidence, pixels }: PicturedMistake,
  names: readonly string[],
): Html {
  const image = renderImage({
    side: Math.sqrt(pixels.length),
    values: Float32Array.from(pixels, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `A ${names[right]!} taken for ${names[said]!}`,
    className: 'ink',
  });
  return html`<figure>
${image}
<figcaption>said <b class="wrong">${names[said]!}</b> with ${percent(confidence, 1)}<br>
right <b>${names[right]!}</b> <small>#${index}</small></figcaption>
</figure>`;
}
