// Renders the most confident mistakes as images.

import { percent } from '../evaluation/metrics/format.ts';
import type { PicturedMistake } from '../evaluation/metrics/mistakes.ts';
import { type Html, html } from './page/html.ts';
import { renderImage } from './page/png-image.ts';

/**
 * Renders the section of the mistakes; empty if there are none.
 *
 * @param names of the classes
 */
export function renderMistakes(
  mistakes: readonly PicturedMistake[],
  names: readonly string[],
): Html {
  if (mistakes.length === 0) return html``;
  return html`<section>
<h2>Worst mistakes</h2>
<p>Wrong predictions, most confident first, with the index of the image in its set.</p>
<div class="mistakes">${mistakes.map(mistake => renderMistake(mistake, names))}</div>
</section>`;
}

/**
 * Renders one mistake.
 *
 * @param names of the classes; any other label is that of an outlier
 */
export function renderMistake(
  {
    index,
    predicted,
    actual,
    confidence,
    pixels,
    columns = Math.sqrt(pixels.length),
  }: PicturedMistake,
  names: readonly string[],
): Html {
  const actualName = names[actual] ?? 'outlier';
  const image = renderImage({
    width: columns,
    values: Float32Array.from(pixels, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `${actualName} classified as ${names[predicted]!}`,
    className: 'ink',
  });
  return html`<figure>
${image}
<figcaption>predicted <b class="wrong">${names[predicted]!}</b> with ${percent(confidence, 1)}<br>
actual <b>${actualName}</b> <small>#${index}</small></figcaption>
</figure>`;
}
