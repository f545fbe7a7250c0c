// Formats the list and the comparison of trainings as text for the terminal.

import { styleText } from 'node:util';
import { missing, percent } from '../../src/evaluation/metrics/format.ts';
import { printableLine } from '../../src/printable-line.ts';
import type { ChampionFile } from '../../src/registry/champion.ts';
import type { SetFigure } from '../../src/report/runs-page.ts';
import type { OutputStream } from '../shared/command.ts';
import type { Program } from '../shared/program.ts';
import { alignTable, type CellStyle, widthOf, wrapSentences, wrapText } from '../shared/table.ts';
import type { ComparedFact } from './compare-runs.ts';
import type { KnownRun } from './known-runs.ts';

/** Maximum width of a fact in a file or a pipe; longer ones are truncated. */
const factColumns = 32;

/** Maximum length of a fact on a terminal: some lines. */
const maxFactCharacters = 400;

/** On narrower terminals names stay whole, and what is in them, the epochs and the time are left out. */
const minFullColumns = 110;

/** Formats the list. @returns lines, each with a line end */
export function describeRuns(runs: readonly KnownRun[], stream: OutputStream): string {
  const width = widthOf(stream);
  const isFull = width >= minFullColumns;
  const validation = markSets(runs.map(run => run.validation));
  const test = markSets(runs.map(run => run.test));
  const head = [
    ...['Version', 'When'],
    ...(isFull ? ['Layers', 'Profile', 'Epochs'] : []),
    ...['Validation', 'Test', ''],
  ];
  const rows = runs.map((run, i) => [
    ...[run.version, run.at?.slice(0, isFull ? 16 : 10).replace('T', ' ') ?? missing],
    ...(isFull ? [run.layers ?? missing, run.profile ?? missing, epochsOf(run)] : []),
    ...[validation.cells[i]!, test.cells[i]!, remarkOn(run)],
  ]);
  const style: CellStyle = (text, row) => {
    if (row === 0) return styleText('bold', text, { stream });
    return runs[row - 1]!.isChampion ? styleText('green', text, { stream }) : text;
  };
  const table = withoutTrailingBlanks(alignTable([head, ...rows], style, width));
  const notes = [
    ...describeSets('Validation', validation.sets),
    ...describeSets('Test', test.sets),
  ].flatMap(note => wrapText(note, width));
  return `${table}\n${notes.map(note => `${styleText('dim', note, { stream })}\n`).join('')}`;
}

function epochsOf({ epochs }: KnownRun): string {
  return epochs === 0 ? missing : String(epochs);
}

/** Figures with the letter of their set, if there are several sets. */
function markSets(figures: readonly (SetFigure | null)[]) {
  const sets = [...new Set(figures.flatMap(figure => (figure ? [figure.set] : [])))];
  const cells = figures.map(figure => {
    if (!figure) return missing;
    const mark = sets.length > 1 ? ` ${letterOf(sets.indexOf(figure.set))}` : '';
    return percent(figure.accuracy) + mark;
  });
  return { sets, cells };
}

function letterOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}

function describeSets(column: string, sets: readonly string[]): string[] {
  if (sets.length === 0) return [];
  if (sets.length === 1) return [`${column}: ${printableLine(sets[0]!)}.`];
  const listed = sets.map((set, i) => `${letterOf(i)} ${printableLine(set)}`);
  return [`${column}: ${listed.join('; ')}. Compare only figures with the same letter.`];
}

/** Says that the shipped champion is newer than all recorded comparisons. */
export function describeNewlyShipped(
  { version }: ChampionFile,
  { callOf, separator }: Program,
  stream: OutputStream,
): string {
  return wrapSentences(
    `The shipped champion ${version} is new since your last promotion. To compare it with yours, and ` +
      `use it if it is not worse:\n  ${callOf('promote')}${separator} ${version}\n`,
    stream,
  );
}

function remarkOn({ isChampion, isShipped, isFinished, problem }: KnownRun): string {
  const remarks = [
    ...(isChampion ? ['champion'] : []),
    ...(isShipped ? ['shipped'] : []),
    ...(isFinished ? [] : ['unfinished']),
    ...(problem === null ? [] : [problem]),
  ];
  return remarks.join(', ');
}

/** Formats a comparison: the differences line by line, and the names of equal facts. */
export function describeComparison(
  names: readonly [string, string],
  facts: readonly ComparedFact[],
  stream: OutputStream,
): string {
  const width = widthOf(stream);
  const different = facts.filter(({ isSame }) => !isSame);
  const titles = new Set<number>();
  const rows: string[][] = [['', ...names, 'Difference']];
  for (const [i, { section, name, first, second, difference }] of different.entries()) {
    if (section !== different[i - 1]?.section) {
      titles.add(rows.length);
      rows.push([section, '', '', '']);
    }
    const facts = [first, second].map(fact => shorten(fact, width));
    rows.push([`  ${name}`, ...facts, difference === null ? '' : signed(difference)]);
  }
  const style: CellStyle = (text, row) =>
    row === 0 || titles.has(row) ? styleText('bold', text, { stream }) : text;
  const same = facts.filter(({ isSame }) => isSame).map(({ name }) => name);
  const note = same.length === 0 ? '' : `The same in both: ${printableLine(same.join(', '))}`;
  const lines = note === '' ? [] : ['', ...wrapText(note, width)];
  return [
    withoutTrailingBlanks(alignTable(rows, style, width)),
    ...lines.map(line => (line === '' ? '' : styleText('dim', line, { stream }))),
    '',
  ].join('\n');
}

/** A terminal wraps long facts; in a file or a pipe they are cut, so that a fact has one line. */
function shorten(fact: string | null, width: number): string {
  if (fact === null) return missing;
  if (/^-?\d+\.\d{6,}$/.test(fact)) return Number(fact).toPrecision(6);
  const max = Number.isFinite(width) ? maxFactCharacters : factColumns;
  return fact.length > max ? `${fact.slice(0, max - 1)}…` : fact;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
}

function withoutTrailingBlanks(table: string): string {
  return table.replaceAll(/ +$/gm, '');
}
