// Formats the gate's table as text for the terminal.

import { styleText } from 'node:util';
import type { GateRow, RowUnit } from '../../src/evaluation/gate/gate-row.ts';
import type { GateOutcome } from '../../src/evaluation/gate/outcome.ts';
import { missing, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { OutputStream } from '../shared/command.ts';
import { alignTable } from '../shared/terminal.ts';

/** The gate's result before the promotion. */
export type Comparison = Omit<GateOutcome, 'promoted'>;

/** Width of the longest group name plus spacing. */
const groupColumns = 13;

/** Formats the table. @returns lines, each with a line end; empty if nothing was compared */
export function describeRows(
  { version, champion, rows }: Pick<Comparison, 'version' | 'champion' | 'rows'>,
  stream: OutputStream,
): string {
  if (rows.length === 0) return '';
  const head = ['', champion ?? 'no champion', version, ''];
  const cells = rows.map((row, i) => [
    (row.group === rows[i - 1]?.group ? '' : row.group).padEnd(groupColumns) + row.name,
    row.champion === null ? missing : describe(row.champion, row.unit),
    describe(row.challenger, row.unit),
    row.verdict,
  ]);
  const table = alignTable([head, ...cells], (text, i, column) => {
    if (i === 0) return styleText('bold', text, { stream });
    return column === 3 ? styleText(styleOf(rows[i - 1]!), text, { stream }) : text;
  });
  const lines = table.split('\n').map((line, i) => {
    const why = i === 0 ? '' : `  ${styleText('dim', rows[i - 1]!.why, { stream })}`;
    return `${line}${why}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

function styleOf({ verdict, matters }: GateRow): Parameters<typeof styleText>[0] {
  if (verdict === 'same') return 'dim';
  if (verdict === 'better') return 'green';
  return matters ? 'red' : 'yellow';
}

function describe(value: number, unit: RowUnit): string {
  switch (unit) {
    case '%':
      return `${value.toFixed(2)} %`;
    case 'area':
      return value.toFixed(4);
    case 'ms':
      return `${value.toPrecision(3)} ms`;
    case 'weights':
      return wholeNumber(value);
    case 'bytes':
      return `${(value / (1 << 20)).toFixed(1)} MiB`;
  }
}
