// Renders report.html: everything about one trained model on one self-contained page.

import { mostFrequentConfusion } from '../evaluation/metrics/confusion.ts';
import type { Evaluation, NamedEvaluation } from '../evaluation/metrics/evaluation.ts';
import { percent, percentRange, wholeNumber } from '../evaluation/metrics/format.ts';
import type { PicturedMistake } from '../evaluation/metrics/mistakes.ts';
import type { MeasuredSets } from '../evaluation/sets/measure-sets.ts';
import type { WeightMatrix } from '../inference/neuron.ts';
import type { EpochEvent } from '../training/events.ts';
import { drawConfusions } from './charts/confusion-heat-map.ts';
import { renderCalibration } from './charts/reliability-diagram.ts';
import { renderTrainingCurves } from './charts/training-curves.ts';
import { renderFirstLayer } from './first-layer.ts';
import { renderDocument } from './page/document.ts';
import { type Html, html } from './page/html.ts';
import { renderRefusal, renderSetTable, renderWorstOfSets } from './set-sections.ts';
import { factName, factText } from './tables/facts.ts';
import { renderClassTable, renderOverview } from './tables/figures.ts';
import { renderMistakes } from './worst-mistakes.ts';

/** Facts by name, for example {'batch size': '128'}. */
export type Facts = Readonly<Record<string, string>>;

/** The content of a report. */
export interface ReportInput {
  /** the model's version */
  readonly title: string;
  /** facts by heading: model, data, hyperparameters */
  readonly description: Readonly<Record<string, Facts>>;
  /** the epochs of all phases; empty if unknown */
  readonly history: readonly EpochEvent[];
  /** evaluations; the first is summarised at the top of the page */
  readonly evaluations: readonly [NamedEvaluation, ...NamedEvaluation[]];
  readonly firstLayer: WeightMatrix;
  /** columns of the images; those of a square by default */
  readonly columns?: number | undefined;
  /** mistakes of the first evaluation, most confident first */
  readonly mistakes: readonly PicturedMistake[];
  /** the figures of all sets, if they were measured */
  readonly sets?: MeasuredSets | undefined;
}

/**
 * Renders the page. The same input gives the same text.
 *
 * @throws RangeError if the first layer's inputs are not such an image
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const { title, description, history, evaluations, mistakes, sets } = input;
  const [first] = evaluations;
  const names = first.evaluation.classes.map(({ name }) => name);
  return renderDocument(
    title,
    html`<header>
<h1>${title}</h1>
${renderHeadline(first)}
${renderOverview(evaluations)}
</header>
${sets ? renderSetTable(sets.measurements) : html``}
${sets?.measurements.refusal ? renderRefusal(sets.measurements.refusal) : html``}
${await renderTrainingCurves(history)}
${await Promise.all(evaluations.map(renderConfusion))}
${await renderCalibration(evaluations)}
${renderFirstLayer(input.firstLayer, input.columns)}
${renderMistakes(mistakes, names)}
${sets ? renderWorstOfSets(sets.worst, names) : html``}
${renderDescription(description)}`,
  );
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

/** The matrix of more classes is not legible in half of the page's width. */
const maxPairedClasses = 20;

async function renderConfusion({ name, evaluation }: NamedEvaluation): Promise<Html> {
  return html`<section>
<h2>Confusion matrix: ${name}</h2>
<p>Actual classes in rows, predicted classes in columns; ${describeMistakes(evaluation)}</p>
<div class="${evaluation.classes.length > maxPairedClasses ? 'stack' : 'pairs'}">
${await drawConfusions(evaluation)}
${renderClassTable(evaluation)}
</div>
</section>`;
}

function describeMistakes({ confusion, classes }: Evaluation): string {
  const worst = mostFrequentConfusion(confusion);
  if (!worst) return 'there is no mistake.';
  const times = worst.count === 1 ? 'once' : `${wholeNumber(worst.count)} times`;
  const [actual, predicted] = [classes[worst.actual]!.name, classes[worst.predicted]!.name];
  return `the most frequent mistake, ${times}, is ${actual} classified as ${predicted}.`;
}

function renderDescription(description: ReportInput['description']): Html {
  const groups = Object.entries(description).map(
    ([heading, facts]) => html`<div><h3>${heading}</h3>
<dl>${Object.entries(facts).map(
      ([term, fact]) => html`<div><dt>${factName(term)}</dt><dd>${factText(fact)}</dd></div>
`,
    )}</dl></div>`,
  );
  return html`<section>
<h2>Model, training and data</h2>
<div class="facts">${groups}</div>
</section>`;
}
