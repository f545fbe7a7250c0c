// The model card (Mitchell et al. 2019, "Model cards for model reporting"), in Markdown: what the
// model is, for whom, from what, and how well it does. What is not known is left out.

import type { NamedEvaluation } from '../evaluation/metrics/evaluation.ts';
import { percent, wholeNumber } from '../evaluation/metrics/format.ts';
import type { SetMeasurements } from '../evaluation/sets/measure-sets.ts';
import type { ModelDescription } from '../inference/model.ts';
import { overviewRows } from './tables/overview.ts';
import { describeRefusal, refusalHead, refusalRowsOf } from './tables/refusal-table.ts';
import { setHead, setRowsOf } from './tables/set-table.ts';

export interface CardData {
  /** 'MNIST' */
  readonly name: string;
  readonly source?: string | undefined;
  readonly licence?: string | undefined;
  /** images by what they were used for: {training: 55000} */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 by file name */
  readonly digests: Readonly<Record<string, string>>;
}

export interface CardInput {
  readonly version: string;
  readonly description: ModelDescription;
  readonly data: readonly CardData[];
  /** name by name: {'batch size': '128'} */
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly commit?: string | undefined;
  /** as typed; absolute paths in it are shortened */
  readonly command?: string | undefined;
  readonly evaluations: readonly NamedEvaluation[];
  /** on all that nn:evaluate measures */
  readonly measurements?: SetMeasurements | undefined;
  /** SHA-256 by file name, of what lies beside the card */
  readonly files: Readonly<Record<string, string>>;
}

/** @returns the card, the same for the same input; no absolute path is in it */
export function renderCard(input: CardInput): string {
  const sections = [
    introduction(input),
    intendedUse,
    section('Data', input.data.map(describeData).join('\n\n')),
    section('Training', describeTraining(input)),
    section('Figures', describeFigures(input)),
    section('Other pictures', describeSets(input)),
    section('Acceptance', describeAcceptance(input)),
    section('Files', digestList(input.files)),
    section('Licence', 'MIT, for the model as for the code that made it.'),
  ];
  return withoutAbsolutePaths(`${sections.filter(text => text !== '').join('\n\n')}\n`);
}

function introduction({ version, description }: CardInput): string {
  const { layerSizes, preprocessing } = description;
  return `# ${version}

A dense neural network, ${layerSizes.join('-')}, ReLU between its layers and softmax after the last:
${layerSizes[0]} grey values of a picture in, the probabilities of ${layerSizes.at(-1)} classes out.
Pictures go through the preprocessing \`${preprocessing}\` first, in training as in use.`;
}

const intendedUse = `## Intended use and limits

- To say which class of its training data one picture shows: for a person who draws or uploads a
  single digit, for teaching, and for measuring.
- Not for several digits at once, letters, or page layout, and not to decide anything about people
  without a person looking: cheques, ballots, exams, medicine.
- Its network has an answer to any picture. Whether to act on it is told by the thresholds below,
  which refuse most of what shows no digit, and not all of it.
- The figures below hold for the data they name. Other writers, pens and scanners can be harder.`;

function describeData({ name, source, licence, counts, digests }: CardData): string {
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

function describeTraining({ description, hyperparameters, commit, command }: CardInput): string {
  const facts = {
    ...hyperparameters,
    'trained on': description.trainedOn,
    seed: description.seed,
    ...(commit === undefined ? {} : { commit }),
  };
  const rows = Object.entries(facts).map(([name, fact]) => [name, fact]);
  const made = command === undefined ? [] : [`Made by:\n\n\`\`\`sh\n${command}\n\`\`\``];
  return [table(['', ''], rows), ...made].join('\n\n');
}

function describeFigures({ evaluations, description: { temperature } }: CardInput): string {
  if (evaluations.length === 0) return '';
  const rows = overviewRows.map(({ title, figure }) => [
    title,
    ...evaluations.map(({ evaluation }) => figure(evaluation)),
  ]);
  return `${table(['', ...evaluations.map(({ name }) => name)], rows)}

The interval is Wilson's. Log-likelihood is in nats; the calibration error is over 15 bins of
confidence, and all logits are divided by the temperature ${temperature.toFixed(3)} before softmax.`;
}

function describeSets({ measurements }: CardInput): string {
  if (!measurements) return '';
  const tables = setRowsOf(measurements).map(
    ({ title, rows, total }) => `${title}:\n\n${table(setHead, total ? [...rows, total] : rows)}`,
  );
  const { refusal } = measurements;
  const refused = refusal
    ? [`${table(refusalHead, refusalRowsOf(refusal))}\n\n${describeRefusal(refusal)}`]
    : [];
  return [...tables, ...refused].join('\n\n');
}

function describeAcceptance({ description: { acceptance } }: CardInput): string {
  if (acceptance === null) return '';
  const { minConfidence, maxEnergy } = acceptance;
  return `An answer below ${percent(minConfidence)} confidence is refused as uncertain, a picture with a free energy
−log Σ exp(logit) above ${maxEnergy.toFixed(2)} as no digit. Both thresholds were chosen so that together
they refuse about 1 % of the validation images.`;
}

function digestList(digests: Readonly<Record<string, string>>): string {
  const rows = Object.entries(digests).map(([name, digest]) => [name, `\`${digest}\``]);
  return rows.length === 0 ? '' : table(['File', 'SHA-256'], rows);
}

/** Empty where there is nothing to say. */
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

/** Leaves the last name of every absolute path: where files lay on one machine is nobody's affair. */
function withoutAbsolutePaths(text: string): string {
  return text.replace(
    /(?<=^|[\s"'`=(])(?:[A-Za-z]:[\\/]|\/)(?:[^\s"'`/\\]+[\\/])*([^\s"'`/\\]+)[\\/]?/gm,
    '…/$1',
  );
}
