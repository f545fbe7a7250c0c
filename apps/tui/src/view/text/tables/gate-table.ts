// The gate's result as a table beside the canvas, in groups: as many rows around the selected one as
// fit, and the reason of the selected row. The same in sentences for a screen reader.

import { cut } from '@digits/screen';
import { blocksPromotion, type Gate, type GateRow } from '../../../state/learning/gate.ts';
import type { Tone } from '../../tones.ts';
import {
  markerOf,
  positionLine,
  scrolledTo,
  type Table,
  type TableLine,
  type TablePlace,
  wrappedInto,
} from './table.ts';

/** The longest reason, the counts with both p-values and a tolerance, in the narrowest panel. */
const maxReasonRows = 4;
/** The champion, the counts, and the legend. */
const otherRows = 3;

const legend = '+ better = same - worse ! blocks';

/** Titles of the groups; another group has its name. */
const groupTitles: Readonly<Record<string, string>> = {
  corrections: 'Corrections',
  test: 'Test images',
  validation: 'Validation images',
  corruption: 'Corrupted images',
  drawings: 'Drawings by other writers',
  styles: 'Synthetic digits by style',
  'no-digits': 'Not digits',
  refusal: 'Refusal',
  calibration: 'Calibration',
  speed: 'Speed',
  size: 'Size',
};

/** @returns at most `rows` lines, none longer than `columns`. */
export function gateTable(gate: Gate, { row, columns, rows }: TablePlace): Table {
  const reasons = gate.rows.map(each => wrappedInto(reasonOf(each), columns, maxReasonRows));
  const reasonRows = Math.max(0, ...reasons.map(({ length }) => length));
  const count = Math.max(rows - otherRows - reasonRows, 1);
  const shown = scrolledTo(tableLines(gate.rows, row, columns), row, count);
  const selected = gate.rows[row];
  const tone = toneOf(selected);
  return {
    title: gate.version,
    lines: [
      { text: cut(`against ${gate.champion ?? 'no champion'}`, columns), tone: 'plain' },
      { text: cut(summaryOf(gate.rows), columns), tone: 'plain' },
      ...shown,
      { text: cut(legend, columns), tone: 'quiet' },
      ...(reasons[row] ?? []).map(text => ({ text, tone })),
    ],
    footer: `Row ${positionLine(shown, row, gate.rows.length)}`,
  };
}

/** @returns the decision of the gate, and the question whether to promote. */
export function gateSentence({ passes, why }: Gate): string {
  return passes ? `Promote it? Passed: ${why}.` : `Not promoted: ${why}.`;
}

/** @returns the result for a screen reader: the counts, and the selected row with its reason. */
export function spokenGate(gate: Gate, row: number): string[] {
  const selected = gate.rows[row];
  const versions = `${gate.version} compared with ${gate.champion ?? 'no champion'}`;
  const summary = `${versions}: ${summaryOf(gate.rows)}.`;
  if (selected === undefined) return [summary];
  const group = groupTitles[selected.group] ?? selected.group;
  const values = changeOf(selected).replace('–', 'unknown').replace('→', 'to');
  const position = `Row ${row + 1} of ${gate.rows.length}, ${group}`;
  return [summary, `${position}: ${selected.name}, ${values}. ${reasonOf(selected)}.`];
}

/** A line for each row, under the title of its group. */
function tableLines(rows: readonly GateRow[], row: number, columns: number): TableLine[] {
  const width = Math.max(0, ...rows.map(each => changeOf(each).length));
  return rows.flatMap((each, index): TableLine[] => {
    const line = {
      text: rowText(each, { isSelected: index === row, columns, width }),
      tone: toneOf(each),
      row: index,
    };
    if (each.group === rows[index - 1]?.group) return [line];
    const title = groupTitles[each.group] ?? each.group;
    return [{ text: cut(title, columns), tone: 'strong' }, line];
  });
}

/** Counts of the verdicts; blocking rows are counted apart from other worse ones. */
function summaryOf(rows: readonly GateRow[]): string {
  const counts = [
    [rows.filter(blocksPromotion).length, 'blocking'],
    [rows.filter(row => row.verdict === 'worse' && !blocksPromotion(row)).length, 'worse'],
    [rows.filter(({ verdict }) => verdict === 'better').length, 'better'],
    [rows.filter(({ verdict }) => verdict === 'same').length, 'same'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return parts.length === 0 ? 'nothing compared' : parts.join(', ');
}

/** The verdict in a word or two, and its reason. */
function reasonOf(row: GateRow | undefined): string {
  if (row === undefined) return '';
  const words = { worse: 'Worse', better: 'Better', same: 'Same' } as const;
  const verdict = blocksPromotion(row) ? 'Worse, blocks promotion' : words[row.verdict];
  return `${verdict}: ${row.why}`;
}

function signOf(row: GateRow): string {
  if (blocksPromotion(row)) return '!';
  return { worse: '-', better: '+', same: '=' }[row.verdict];
}

function toneOf(row: GateRow | undefined): Tone {
  if (row === undefined || row.verdict === 'same') return 'plain';
  if (row.verdict === 'better') return 'accent';
  return blocksPromotion(row) ? 'against' : 'warning';
}

interface RowPlace {
  readonly isSelected: boolean;
  readonly columns: number;
  /** Of the figures. */
  readonly width: number;
}

function rowText(row: GateRow, { isSelected, columns, width }: RowPlace): string {
  const nameColumns = Math.max(columns - width - 5, 1);
  const name = cut(row.name, nameColumns).padEnd(nameColumns);
  return `${markerOf(isSelected)}${signOf(row)} ${name} ${changeOf(row).padStart(width)}`;
}

function changeOf({ champion, challenger, unit }: GateRow): string {
  const before = champion === undefined ? '–' : formatValue(champion, unit);
  return `${before} → ${formatValue(challenger, unit)}${shownUnits[unit] ?? ''}`;
}

const shownUnits: Readonly<Record<string, string>> = { '%': ' %', ms: ' ms', bytes: ' MiB' };

function formatValue(value: number, unit: string): string {
  if (unit === '%') return value.toFixed(2);
  if (unit === 'bytes') return (value / (1 << 20)).toFixed(1);
  if (unit === 'weights') return `${Math.round(value / 1000)}k`;
  return `${Number(value.toPrecision(3))}`;
}
