// report.html: everything about one trained model on one page that needs nothing but a browser.
// Text, tables and pictures only: no script, no font, nothing fetched.

import type { Evaluation, NamedEvaluation } from '../evaluation/metrics/evaluation.ts';
import { percent, percentRange, wholeNumber } from '../evaluation/metrics/format.ts';
import type { PicturedMistake } from '../evaluation/metrics/mistakes.ts';
import type { MeasuredSets } from '../evaluation/sets/measure-sets.ts';
import type { EpochEvent } from '../training/events.ts';
import { drawConfusions } from './charts/confusion-heat-map.ts';
import { renderCalibration } from './charts/reliability-diagram.ts';
import { renderTrainingCurves } from './charts/training-curves.ts';
import { type FirstLayer, renderFirstLayer } from './first-layer.ts';
import { type Html, html, trustedMarkup } from './page/html.ts';
import { pageStyle } from './page/style.ts';
import { renderRefusal, renderSetTable, renderWorstOfSets } from './set-sections.ts';
import { renderClassTable, renderOverview } from './tables/figures.ts';
import { renderMistakes } from './worst-mistakes.ts';

/** What is known of something, name by name: {'batch size': '128'}. */
export type Facts = Readonly<Record<string, string>>;

export interface ReportInput {
  /** the model's version */
  readonly title: string;
  /** facts under a heading each: model, data, hyperparameters */
  readonly description: Readonly<Record<string, Facts>>;
  /** of all phases; empty where it is not known */
  readonly history: readonly EpochEvent[];
  /** the first is the one that counts and stands at the head of the page */
  readonly evaluations: readonly [NamedEvaluation, ...NamedEvaluation[]];
  readonly firstLayer: FirstLayer;
  /** of the first evaluation, worst first */
  readonly mistakes: readonly PicturedMistake[];
  /** everything that it was measured on, where that is more than the evaluations */
  readonly sets?: MeasuredSets | undefined;
}

/**
 * @returns the page, the same for the same input
 * @throws RangeError when the first layer's inputs are no square picture
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const { title, description, history, evaluations, firstLayer, mistakes, sets } = input;
  const [first] = evaluations;
  const names = first.evaluation.classes.map(({ name }) => name);
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trustedMarkup(pageStyle)}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
${renderHeadline(first)}
${renderOverview(evaluations)}
</header>
${sets ? renderSetTable(sets.measurements) : html``}
${sets?.measurements.refusal ? renderRefusal(sets.measurements.refusal) : html``}
${await renderTrainingCurves(history)}
${await Promise.all(evaluations.map(renderAnswers))}
${await renderCalibration(evaluations)}
${renderFirstLayer(firstLayer)}
${renderMistakes(mistakes, names)}
${sets ? renderWorstOfSets(sets.worst, names) : html``}
${renderDescription(description)}
</main>
</body>
</html>
`;
  return markup;
}

function renderHeadline({ name, evaluation }: NamedEvaluation): Html {
  const { accuracy, interval, count, correct, calibrated } = evaluation;
  return html`<dl class="headline">
<div><dt>Accuracy on ${name}</dt>
<dd>${percent(accuracy)}<small>95 % interval ${percentRange(interval)}</small></dd></div>
<div><dt>Mistakes</dt>
<dd>${wholeNumber(count - correct)}<small>of ${wholeNumber(count)} images</small></dd></div>
<div><dt>Expected calibration error</dt>
<dd>${percent(calibrated.expectedCalibrationError)}<small>temperature
${calibrated.temperature.toFixed(3)}</small></dd></div>
</dl>`;
}

async function renderAnswers({ name, evaluation }: NamedEvaluation): Promise<Html> {
  return html`<section>
<h2>What is taken for what: ${name}</h2>
<p>A row for what is right, a column for what was said: ${describeMistakes(evaluation)}</p>
<div class="pairs">
${await drawConfusions(evaluation)}
${renderClassTable(evaluation)}
</div>
</section>`;
}

function describeMistakes({ confusion, classes }: Evaluation): string {
  const cells = confusion.flatMap((row, actual) =>
    row.flatMap((count, predicted) => (predicted === actual ? [] : [{ count, actual, predicted }])),
  );
  const none = { count: 0, actual: 0, predicted: 0 };
  const worst = cells.reduce((most, cell) => (cell.count > most.count ? cell : most), none);
  if (worst.count === 0) return 'no mistake at all.';
  const times = worst.count === 1 ? 'once' : `${wholeNumber(worst.count)} times`;
  const { actual, predicted } = worst;
  return `the most frequent mistake, ${times}, takes ${classes[actual]!.name} for ${classes[predicted]!.name}.`;
}

function renderDescription(description: ReportInput['description']): Html {
  const groups = Object.entries(description).map(
    ([heading, facts]) => html`<div><h3>${heading}</h3>
<dl>${Object.entries(facts).map(
      ([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>
`,
    )}</dl></div>`,
  );
  return html`<section>
<h2>How it was made</h2>
<div class="facts">${groups}</div>
</section>`;
}
