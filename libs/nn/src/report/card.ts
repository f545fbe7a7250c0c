// Renders the model card (Mitchell et al. 2019, "Model cards for model reporting") in Markdown: model,
// intended use, data, training and figures. The same figures for programs are in metrics.json.

import type { NamedEvaluation } from '../evaluation/metrics/evaluation.ts';
import { listOf, percent, wholeNumber } from '../evaluation/metrics/format.ts';
import type { SetMeasurements } from '../evaluation/sets/measure-sets.ts';
import type { ModelDescription } from '../inference/model.ts';
import { factName, factText } from './tables/facts.ts';
import { overviewRows } from './tables/overview.ts';
import { describeRefusal, refusalHead, refusalRowsOf } from './tables/refusal-table.ts';
import { setTableOf } from './tables/set-table.ts';

/** A data set that the model was trained or tested on. */
export interface CardData {
  /** for example 'MNIST' */
  readonly name: string;
  readonly source?: string | undefined;
  readonly licence?: string | undefined;
  /** number of images by use, for example {training: 55000} */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 by file name */
  readonly digests: Readonly<Record<string, string>>;
}

/** The content of a model card. */
export interface CardInput {
  readonly version: string;
  readonly description: ModelDescription;
  readonly data: readonly CardData[];
  /** by name, for example {'batch size': '128'} */
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly commit?: string | undefined;
  /** the command as typed; absolute paths in it are shortened */
  readonly command?: string | undefined;
  readonly evaluations: readonly NamedEvaluation[];
  /** the figures of all sets, as from nn:evaluate */
  readonly measurements?: SetMeasurements | undefined;
  /** SHA-256 by file name, for the files beside the card */
  readonly files: Readonly<Record<string, string>>;
}

/** Renders the card, without absolute paths. The same input gives the same text. */
export function renderCard(input: CardInput): string {
  const sections = [
    introduction(input),
    intendedUse(input),
    section('Data', input.data.map(renderData).join('\n\n')),
    section('Training', renderTraining(input)),
    section('Figures', renderFigures(input)),
    section('Other pictures', renderSets(input)),
    section('Rejection thresholds', renderThresholds(input)),
    section('Files', digestList(input.files)),
    section('Licence', 'MIT, for the model and for the code that trained it.'),
  ];
  return withoutAbsolutePaths(`${sections.filter(text => text !== '').join('\n\n')}\n`);
}

function introduction({ version, description }: CardInput): string {
  const { layerSizes, preprocessing, form } = description;
  const inputs = form
    ? `Its images have ${form.rows}×${form.columns} pixels and are used as they are. Its classes are ${listOf(form.classes)}.`
    : `Pictures are preprocessed by \`${preprocessing}\`, in training and in use.`;
  return `# ${version}

A dense neural network, ${layerSizes.join('-')}, with ReLU between its layers and softmax after the last. It
maps the ${layerSizes[0]} grey values of a picture to the probabilities of ${layerSizes.at(-1)} classes.
${inputs}`;
}

function intendedUse({ description: { form } }: CardInput): string {
  return form ? intendedUseOfImages : intendedUseOfDigits;
}

const intendedUseOfImages = `## Intended use and limits

- To classify images that were made as those of its training data, for teaching and for measurements.
- Not for drawings and photographs: nothing is cropped, centred or inverted. The service does not serve it.
- Not for decisions about people without human review.
- The network predicts a class for any image; there are no rejection thresholds.
- The figures below hold for the data they name.`;

const intendedUseOfDigits = `## Intended use and limits

- To classify a picture of a single digit that a person draws or uploads, for teaching and for
  measurements.
- Not for several digits at once, letters, or page layout, and not for decisions about people without
  human review: cheques, ballots, exams, medicine.
- The network predicts a digit for any picture. The rejection thresholds below refuse most, but not
  all, pictures that show no digit.
- The figures below hold for the data they name. Other writers, pens and scanners can be harder.`;

function renderData({ name, source, licence, counts, digests }: CardData): string {
  const uses = Object.entries(counts).map(([use, count]) => `${use} ${wholeNumber(count)}`);
  const lines = [
    ...(source === undefined ? [] : [`- Source: ${source}`]),
    ...(licence === undefined ? [] : [`- Licence: ${licence}`]),
    ...(uses.length === 0 ? [] : [`- Images: ${uses.join(', ')}`]),
  ];
  return [`**${name}**`, lines.join('\n'), digestList(digests)]
    .filter(text => text !== '')
    .join('\n\n');
}

function renderTraining({ description, hyperparameters, commit, command }: CardInput): string {
  const facts = {
    ...hyperparameters,
    'trained on': description.trainedOn,
    seed: description.seed,
    ...(commit === undefined ? {} : { commit }),
  };
  const rows = Object.entries(facts).map(([name, fact]) => [factName(name), factText(fact)]);
  const made = command === undefined ? [] : [`Made with:\n\n\`\`\`sh\n${command}\n\`\`\``];
  return [table(['', ''], rows), ...made].join('\n\n');
}

function renderFigures({ evaluations, description: { temperature } }: CardInput): string {
  if (evaluations.length === 0) return '';
  const rows = overviewRows.map(({ title, figure }) => [
    title,
    ...evaluations.map(({ evaluation }) => figure(evaluation)),
  ]);
  return `${table(['', ...evaluations.map(({ name }) => name)], rows)}

The interval is Wilson's score interval. Log-likelihood is in nats; the calibration error is over 15 bins of
confidence, and all logits are divided by the temperature ${temperature.toFixed(3)} before softmax.`;
}

function renderSets({ measurements }: CardInput): string {
  if (!measurements) return '';
  const { head, groups } = setTableOf(measurements);
  const tables = groups.map(
    ({ title, rows, total }) => `${title}:\n\n${table(head, total ? [...rows, total] : rows)}`,
  );
  const { refusal } = measurements;
  const refused = refusal
    ? [`${table(refusalHead, refusalRowsOf(refusal))}\n\n${describeRefusal(refusal)}`]
    : [];
  return [...tables, ...refused].join('\n\n');
}

function renderThresholds({ description: { acceptance } }: CardInput): string {
  if (acceptance === null) return '';
  const { minConfidence, maxEnergy } = acceptance;
  return `A prediction below ${percent(minConfidence)} confidence is refused as uncertain, a picture with a free energy
−log Σ exp(logit) above ${maxEnergy.toFixed(2)} as not a digit. Both thresholds were chosen so that together
they refuse about 1 % of the validation images.`;
}

function digestList(digests: Readonly<Record<string, string>>): string {
  const rows = Object.entries(digests).map(([name, digest]) => [name, `\`${digest}\``]);
  return rows.length === 0 ? '' : table(['File', 'SHA-256'], rows);
}

/** A section; empty if its text is empty. */
function section(title: string, text: string): string {
  return text === '' ? '' : `## ${title}\n\n${text}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

/** Shortens every absolute path to its last name, so that the card reveals no local folders. */
function withoutAbsolutePaths(text: string): string {
  return text.replace(
    /(?<=^|[\s"'`=(])(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`/\\]+[\\/])*([^\s"'`/\\]+)[\\/]?/gm,
    '…/$1',
  );
}
