// Formats an evaluation as text for the terminal.

import { styleText } from 'node:util';
import type { Evaluation, NamedEvaluation } from '../../src/evaluation/metrics/evaluation.ts';
import { percentIfAny, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { Refusal } from '../../src/evaluation/metrics/refusal.ts';
import {
  describeRefusal,
  refusalHead,
  refusalRowsOf,
} from '../../src/report/tables/refusal-table.ts';
import { setTableOf } from '../../src/report/tables/set-table.ts';
import type { OutputStream } from '../shared/command.ts';
import { alignTable, type CellStyle, widthOf } from '../shared/table.ts';
import { type EvaluationDocument, firstEvaluations } from './document.ts';

/** Styles a text if the stream supports it and NO_COLOR is not set. */
type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Formats an evaluation. @returns lines, each with a line end */
export function describeEvaluation(document: EvaluationDocument, stream: OutputStream): string {
  const paint: Paint = (style, text) => styleText(style, text, { stream });
  const { model, data, throughput, refusal, seed } = document;
  const [first] = firstEvaluations(document);
  const { imagesPerSecond, batchSize, kernels } = throughput;
  return `${paint('bold', model.version)}  ${model.layerSizes.join('-')}, temperature \
${model.temperature.toFixed(3)}, SHA-256 ${model.sha256.slice(0, 8)}, on ${data.name}

${setTable(document, paint, widthOf(stream))}
${refusal ? `\n${refusalTable(refusal, paint, widthOf(stream))}\n` : ''}
Seed of the sets: ${seed}
Throughput: ${wholeNumber(imagesPerSecond)} images/s in batches of ${batchSize}, kernels ${kernels}

${paint('bold', `${first.name}, class by class`)}
${classTable(first.evaluation, paint)}

${describeConfusions(first, paint)}
`;
}

/** The table of all sets: the title of each group, and below it the group's sets, indented. */
function setTable(document: EvaluationDocument, paint: Paint, maxColumns: number): string {
  const { head, groups } = setTableOf(document);
  const accuracyColumn = head.indexOf('Accuracy');
  const titles = new Set<number>();
  const totals = new Set<number>();
  const rows: (readonly string[])[] = [head];
  const indent = ([name, ...cells]: readonly string[]) => [`  ${name}`, ...cells];
  for (const group of groups) {
    titles.add(rows.length);
    rows.push([group.title, ...head.slice(1).map(() => '')], ...group.rows.map(indent));
    if (!group.total) continue;
    totals.add(rows.length);
    rows.push(indent(group.total));
  }
  const style: CellStyle = (text, row, column) => {
    if (row === 0) return paint('dim', text);
    if (titles.has(row) || totals.has(row)) return paint('bold', text);
    return column === accuracyColumn ? paint('green', text) : text;
  };
  return alignTable(rows, style, maxColumns);
}

function refusalTable(refusal: Refusal, paint: Paint, maxColumns: number): string {
  const style: CellStyle = (text, row) => (row === 0 ? paint('dim', text) : text);
  const table = alignTable([refusalHead, ...refusalRowsOf(refusal)], style, maxColumns);
  return `${table}\n${describeRefusal(refusal)}`;
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

/** A matrix of more classes is wider than a terminal. */
const maxMatrixClasses = 20;

/** The most frequent confusions that are listed instead of a large matrix. */
const maxListed = 20;

function describeConfusions({ name, evaluation }: NamedEvaluation, paint: Paint): string {
  if (evaluation.classes.length <= maxMatrixClasses) {
    const title = `${name}, actual class (rows) by predicted class (columns)`;
    return `${paint('bold', title)}\n${confusionTable(evaluation, paint)}`;
  }
  return `${paint('bold', `${name}, most frequent confusions`)}\n${confusionList(evaluation, paint)}`;
}

function confusionList({ classes, confusion }: Evaluation, paint: Paint): string {
  const confusions = confusion
    .flatMap((counts, actual) => counts.map((count, predicted) => ({ actual, predicted, count })))
    .filter(({ actual, predicted, count }) => actual !== predicted && count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, maxListed);
  if (confusions.length === 0) return 'none';
  const head = ['Actual', 'Predicted', 'Images'];
  const rows = confusions.map(({ actual, predicted, count }) => [
    classes[actual]!.name,
    classes[predicted]!.name,
    wholeNumber(count),
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
