// Renders the page of suspect labels: the image of each correction with its label and the evidence against
// it, for review by a person.

import type { SuspectLabel } from '../evaluation/corrections/suspect-labels.ts';
import { percent } from '../evaluation/metrics/format.ts';
import { renderDocument } from './page/document.ts';
import { type Html, html } from './page/html.ts';
import { renderImage } from './page/png-image.ts';

/** Renders the page. The same corrections give the same text. */
export function renderSuspectLabelsPage(suspects: readonly SuspectLabel[]): string {
  return renderDocument(
    'Suspect corrections',
    html`<header>
<h1>Suspect corrections</h1>
<p>Corrections whose label disagrees with the champion and with the most similar images. They are left
out of the training. Confirm correct ones in the app (<kbd>F</kbd>) or with <code>--confirm</code> and
their ids; delete wrong ones in the app or where they are stored.</p>
</header>
<section>
<div class="mistakes">${suspects.map(renderSuspectLabel)}</div>
</section>`,
  );
}

function renderSuspectLabel(suspect: SuspectLabel): Html {
  const { id, label, why, predicted, confidence, neighbours, similarCorrections, inputs } = suspect;
  const image = renderImage({
    width: Math.sqrt(inputs.length),
    values: Float32Array.from(inputs, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `labelled ${label}, predicted ${predicted}`,
    className: 'ink',
  });
  const reason = why === 'contradicted' ? html`, but has a newer label` : html``;
  return html`<figure>
${image}
<figcaption>labelled <b class="wrong">${label}</b>${reason}<br>
predicted <b>${predicted}</b> with ${percent(confidence, 1)}<br>
<small>similar images ${neighbours.join(' ')}<br>similar corrections ${similarCorrections.join(' ')}<br>${id}</small></figcaption>
</figure>`;
}
