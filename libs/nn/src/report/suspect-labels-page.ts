// A page for a person to judge corrections by that look wrong: each picture with its label, and what
// speaks against it. Nothing is fetched, and nothing is in it but what is shown.

import type { Doubtful } from '../evaluation/corrections/suspect-labels.ts';
import { type Html, html, trustedMarkup } from './html.ts';
import { percent } from './numbers.ts';
import { pageStyle } from './page-style.ts';
import { renderImage } from './png-image.ts';

/** @returns the page, the same for the same corrections */
export function renderDoubtfulPage(doubtful: readonly Doubtful[]): string {
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
<div class="mistakes">${doubtful.map(renderDoubtful)}</div>
</section>
</main>
</body>
</html>
`;
  return markup;
}

function renderDoubtful(doubtful: Doubtful): Html {
  const { id, label, why, said, confidence, neighbours, companions, inputs } = doubtful;
  const image = renderImage({
    side: Math.sqrt(inputs.length),
    values: Float32Array.from(inputs, value => value / 255),
    positive: [0, 0, 0],
    negative: [0, 0, 0],
    description: `labelled ${label}, read as ${said}`,
    className: 'ink',
  });
  const reason = why === 'contradicted' ? html`, but has a newer label` : html``;
  return html`<figure>
${image}
<figcaption>labelled <b class="wrong">${label}</b>${reason}<br>
read as <b>${said}</b> with ${percent(confidence, 1)}<br>
<small>like ${neighbours.join(' ')}<br>of the corrections like ${companions.join(' ')}<br>${id}</small></figcaption>
</figure>`;
}
