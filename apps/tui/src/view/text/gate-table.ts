// The gate's result as a table beside the canvas: what matters first, as many rows around the selected
// one as fit, and its reason.

import { blocksPromotion, type Gate, type GateRow } from '../../state/gate.ts';
import type { Tone } from '../tones.ts';
import { wrapped } from './wrap.ts';

export interface GateLine {
  readonly text: string;
  readonly tone: Tone;
}

interface TablePlace {
  /** The selected row. */
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** The reason of the selected row may be wrapped. */
const reasonRows = 2;
/** Both versions, the legend, and an empty row above the reason. */
const otherRows = 2 + 1 + 1 + reasonRows;

const legend = '+ better  = same  - worse  ! stops';

/** @returns at most `rows` lines, none longer than `columns`. */
export function gateLines(gate: Gate, { row, columns, rows }: TablePlace): GateLine[] {
  const sorted = gate.rows.toSorted((one, other) => rank(one) - rank(other));
  const count = Math.max(rows - otherRows, 1);
  const first = Math.max(0, Math.min(row - Math.floor(count / 2), sorted.length - count));
  const shown = sorted.slice(first, first + count);
  const width = Math.max(0, ...shown.map(each => changeOf(each).length));
  const reason = wrapped(sorted[row]?.why ?? '', columns).slice(0, reasonRows);
  return [
    { text: cut(gate.version, columns), tone: 'accent' },
    { text: cut(`against ${gate.champion ?? 'no champion'}`, columns), tone: 'plain' },
    ...shown.map((each, index) => ({
      text: rowText(each, columns, width),
      tone: first + index === row ? ('strong' as const) : toneOf(each),
    })),
    { text: legend, tone: 'quiet' },
    { text: '', tone: 'plain' },
    ...reason.map(text => ({ text, tone: 'plain' as const })),
  ];
}

/** @returns the decision of the gate, and the question whether to promote. */
export function gateSentence({ passes, why }: Gate): string {
  return passes ? `Promote it? Passed: ${why}.` : `Not passed, ${why}. The champion stays.`;
}

/** Blocking rows first, then worse, better and equal ones; each in the gate's order. */
function rank(row: GateRow): number {
  if (blocksPromotion(row)) return 0;
  return { worse: 1, better: 2, same: 3 }[row.verdict];
}

function signOf(row: GateRow): string {
  if (blocksPromotion(row)) return '!';
  return { worse: '-', better: '+', same: '=' }[row.verdict];
}

function toneOf(row: GateRow): Tone {
  if (row.verdict === 'better') return 'accent';
  return row.verdict === 'worse' ? 'warning' : 'quiet';
}

function rowText(row: GateRow, columns: number, width: number): string {
  const nameColumns = Math.max(columns - width - 3, 1);
  return `${signOf(row)} ${cut(row.name, nameColumns).padEnd(nameColumns)} ${changeOf(row).padStart(width)}`;
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

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}
