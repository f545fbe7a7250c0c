// A page for a person to judge corrections by that look wrong: each picture with its label, and what
// speaks against it. Nothing is fetched, and nothing is in it but what is shown.

import type { SuspectLabel } from '../evaluation/corrections/suspect-labels.ts';
import { percent } from '../evaluation/metrics/format.ts';
import { type Html, html, trustedMarkup } from './page/html.ts';
import { renderImage } from './page/png-image.ts';
import { pageStyle } from './page/style.ts';

/** @returns the page, the same for the same corrections */
export function renderSuspectLabelsPage(suspects: readonly SuspectLabel[]): string {
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Doubtful corrections</title>
<style>${trustedMarkup(pageStyle)}</style>
</head>
<body>
<main>
<header>
<h1>Doubtful corrections</h1>
<p>Labels that the champion and the pictures most like these speak against. They were left out of
the training. Those that are right are learnt with <code>--confirm</code> and their ids; those that
are wrong are best deleted where they are kept.</p>
</header>
<section>
<div class="mistakes">${suspects.map(renderSuspectLabel)}</div>
</section>
</main>
</body>
</html>
`;
  return markup;
}

function renderSuspectLabel(suspect: SuspectLabel): Html {
  const { id, label, why, predicted, confidence, neighbours, similarCorrections, inputs } = suspect;
  const image = renderImage({
    side: Math.sqrt(inputs.length),
    values: Float32Array.from(inputs, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `labelled ${label}, read as ${predicted}`,
    className: 'ink',
  });
  const reason = why === 'contradicted' ? html`, but has a newer label` : html``;
  return html`<figure>
${image}
<figcaption>labelled <b class="wrong">${label}</b>${reason}<br>
read as <b>${predicted}</b> with ${percent(confidence, 1)}<br>
<small>like ${neighbours.join(' ')}<br>of the corrections like ${similarCorrections.join(' ')}<br>${id}</small></figcaption>
</figure>`;
}
