// Formats the list and the comparison of trainings as text for the terminal.

import { styleText } from 'node:util';
import { missing, percentIfAny } from '../../src/evaluation/metrics/format.ts';
import { printableLine } from '../../src/printable-line.ts';
import type { ChampionFile } from '../../src/registry/champion.ts';
import type { OutputStream } from '../shared/command.ts';
import { alignTable } from '../shared/terminal.ts';
import type { ComparedFact } from './compare-runs.ts';
import type { KnownRun } from './known-runs.ts';

/** Maximum width of a fact; longer ones are truncated. */
const factColumns = 32;

/** Width of the longest section name plus spacing. */
const sectionColumns = 10;

/** Formats the list. @returns lines, each with a line end */
export function describeRuns(runs: readonly KnownRun[], stream: OutputStream): string {
  const head = ['Version', 'When', 'Layers', 'Profile', 'Epochs', 'Validation', 'Test', ''];
  const rows = runs.map(run => [
    run.version,
    run.at.slice(0, 16).replace('T', ' '),
    run.layers ?? missing,
    run.profile ?? missing,
    run.epochs === 0 ? missing : String(run.epochs),
    percentIfAny(run.validation),
    percentIfAny(run.test),
    remarkOn(run),
  ]);
  const table = alignTable([head, ...rows], (text, row) => {
    if (row === 0) return styleText('bold', text, { stream });
    return runs[row - 1]!.isChampion ? styleText('green', text, { stream }) : text;
  });
  return `${withoutTrailingBlanks(table)}\n`;
}

/** Says that the shipped champion is newer than all recorded comparisons. */
export function describeNewlyShipped({ version }: ChampionFile): string {
  return (
    `The shipped champion ${version} is new since your last promotion. To compare it with yours, and ` +
    `use it if it is not worse:\n  npx nx run nn:promote -- ${version}\n`
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
  const different = facts.filter(({ isSame }) => !isSame);
  const rows = different.map(({ section, name, first, second, difference }, i) => [
    `${(section === different[i - 1]?.section ? '' : section).padEnd(sectionColumns)}${name}`,
    shorten(first),
    shorten(second),
    difference === null ? '' : signed(difference),
  ]);
  const table = alignTable([['', ...names, 'Difference'], ...rows], (text, row) =>
    row === 0 ? styleText('bold', text, { stream }) : text,
  );
  const same = facts.filter(({ isSame }) => isSame).map(({ name }) => name);
  const note = same.length === 0 ? '' : `\nThe same in both: ${printableLine(same.join(', '))}\n`;
  return `${withoutTrailingBlanks(table)}\n${styleText('dim', note, { stream })}`;
}

function shorten(fact: string | null): string {
  if (fact === null) return missing;
  if (/^-?\d+\.\d{6,}$/.test(fact)) return Number(fact).toPrecision(6);
  return fact.length > factColumns ? `${fact.slice(0, factColumns - 1)}…` : fact;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : '−'}${Math.abs(value)}`;
}

function withoutTrailingBlanks(table: string): string {
  return table.replaceAll(/ +$/gm, '');
}
