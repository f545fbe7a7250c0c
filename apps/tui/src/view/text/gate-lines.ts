// The table of the gate as lines beside the canvas: what matters first, as many as there is room for
// around the one that is chosen, and why that one is as it is.

import { blocksPromotion, type Gate, type GateRow } from '../../state/gate.ts';
import type { Tone } from '../tones.ts';

export interface GateLine {
  readonly text: string;
  readonly tone: Tone;
}

interface Place {
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** The reason of the chosen row may be wrapped. */
const reasonRows = 2;
/** The versions, the meaning of the signs, and an empty one above the reason. */
const otherRows = 2 + 1 + 1 + reasonRows;

const meaning = '+ better  = same  - worse  ! stops';

/** @returns as many lines as there are rows, or fewer */
export function gateLines(gate: Gate, { row, columns, rows }: Place): GateLine[] {
  const sorted = gate.rows.toSorted((one, other) => rank(one) - rank(other));
  const room = Math.max(rows - otherRows, 1);
  const first = Math.max(0, Math.min(row - Math.floor(room / 2), sorted.length - room));
  const shown = sorted.slice(first, first + room);
  const width = Math.max(0, ...shown.map(each => figuresOf(each).length));
  const reason = wrapped(sorted[row]?.why ?? '', columns).slice(0, reasonRows);
  return [
    { text: cut(gate.version, columns), tone: 'accent' },
    { text: cut(`against ${gate.champion ?? 'no champion'}`, columns), tone: 'plain' },
    ...shown.map((each, index) => ({
      text: rowText(each, columns, width),
      tone: first + index === row ? ('strong' as const) : toneOf(each),
    })),
    { text: meaning, tone: 'quiet' },
    { text: '', tone: 'plain' },
    ...reason.map(text => ({ text, tone: 'plain' as const })),
  ];
}

/** @returns what the gate says on the whole, and what can be done about it */
export function gateSentence({ passes, why }: Gate): string {
  return passes ? `Promote it? Passed: ${why}.` : `Stopped, ${why}. The champion stays.`;
}

/** What stops it, what is worse, what is better, and then the rest; each as the gate has it. */
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
  const room = Math.max(columns - width - 3, 1);
  return `${signOf(row)} ${cut(row.name, room).padEnd(room)} ${figuresOf(row).padStart(width)}`;
}

function figuresOf({ champion, challenger, unit }: GateRow): string {
  const former = champion === undefined ? '–' : figure(champion, unit);
  return `${former} → ${figure(challenger, unit)}${shownUnits[unit] ?? ''}`;
}

const shownUnits: Readonly<Record<string, string>> = { '%': ' %', ms: ' ms', bytes: ' MiB' };

function figure(value: number, unit: string): string {
  if (unit === '%') return value.toFixed(2);
  if (unit === 'bytes') return (value / (1 << 20)).toFixed(1);
  if (unit === 'weights') return `${Math.round(value / 1000)}k`;
  return `${Number(value.toPrecision(3))}`;
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

/** At spaces; what has none is cut by its place on the screen. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
