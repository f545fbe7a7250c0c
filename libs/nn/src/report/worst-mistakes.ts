// The mistakes that were made with the most confidence, as pictures.

import { percent } from '../evaluation/metrics/format.ts';
import type { PicturedMistake } from '../evaluation/metrics/mistakes.ts';
import { type Html, html } from './page/html.ts';
import { renderImage } from './page/png-image.ts';

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

/** @param names of the classes; any other label is that of no digit */
export function renderMistake(
  { index, predicted, actual, confidence, pixels }: PicturedMistake,
  names: readonly string[],
): Html {
  const actualName = names[actual] ?? 'no digit';
  const image = renderImage({
    side: Math.sqrt(pixels.length),
    values: Float32Array.from(pixels, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `${actualName} taken for ${names[predicted]!}`,
    className: 'ink',
  });
  return html`<figure>
${image}
<figcaption>said <b class="wrong">${names[predicted]!}</b> with ${percent(confidence, 1)}<br>
right <b>${actualName}</b> <small>#${index}</small></figcaption>
</figure>`;
}
