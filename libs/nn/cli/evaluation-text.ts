// An evaluation as a person reads it on the terminal.
import { styleText } from 'node:util';
import type { Evaluation } from '../src/evaluate/evaluation.ts';
import { percentIfAny, wholeNumber } from '../src/report/numbers.ts';
import { overviewRows } from '../src/report/overview.ts';
import { alignTable } from './aligned-table.ts';
import type { EvaluationDocument } from './evaluation-document.ts';

/** Styles only where the stream shows them and NO_COLOR does not forbid it. */
type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** @returns lines for this stream, the last one ended */
export function describeEvaluation(
  { model, data, throughput, evaluations }: EvaluationDocument,
  stream: NodeJS.WriteStream,
): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream });
  const [first] = evaluations;
  const { imagesPerSecond, batchSize, kernels } = throughput;
  return `${paint('bold', model.version)}  ${model.layerSizes.join('-')}, temperature \
${model.temperature.toFixed(3)}, SHA-256 ${model.sha256.slice(0, 8)}, on ${data.name}

${overviewTable(evaluations, paint)}

Throughput: ${wholeNumber(imagesPerSecond)} images/s in batches of ${batchSize}, kernels ${kernels}

${paint('bold', `${first.name}, class by class`)}
${classTable(first.evaluation, paint)}

${paint('bold', `${first.name}, what is right (rows) by what was said (columns)`)}
${confusionTable(first.evaluation, paint)}
`;
}

function overviewTable(evaluations: EvaluationDocument['evaluations'], paint: Paint): string {
  const head = ['', ...evaluations.map(({ name }) => name)];
  const rows = overviewRows.map(({ title, figure }) => [
    title,
    ...evaluations.map(({ evaluation }) => figure(evaluation)),
  ]);
  return alignTable([head, ...rows], (text, row, column) => {
    if (row === 0) return paint('bold', text);
    return column > 0 && rows[row - 1]![0] === 'Accuracy' ? paint('green', text) : text;
  });
}

function classTable({ classes }: Evaluation, paint: Paint): string {
  const head = ['Class', 'Images', 'Precision', 'Recall', 'F1'];
  const rows = classes.map(({ name, count, precision, recall, f1 }) => [
    name,
    wholeNumber(count),
    ...[precision, recall, f1].map(percentIfAny),
  ]);
  return alignTable([head, ...rows], (text, row) => (row === 0 ? paint('dim', text) : text));
}

function confusionTable({ classes, confusion }: Evaluation, paint: Paint): string {
  const head = ['', ...classes.map(({ name }) => name)];
  const rows = confusion.map((counts, right) => [
    classes[right]!.name,
    ...counts.map(count => (count === 0 ? '·' : String(count))),
  ]);
  return alignTable([head, ...rows], (text, row, column) => {
    if (row === 0 || column === 0 || text.trim() === '·') return paint('dim', text);
    return paint(row === column ? 'green' : 'yellow', text);
  });
}
