// Formats the gate's table as text for the terminal.

import { stripVTControlCharacters, styleText } from 'node:util';
import type { GateRow, RowUnit } from '../../src/evaluation/gate/gate-row.ts';
import type { GateOutcome } from '../../src/evaluation/gate/outcome.ts';
import { missing, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { OutputStream } from '../shared/command.ts';
import { alignRows, type CellStyle, widthOf, wrapText } from '../shared/table.ts';

/** The gate's result before the promotion. */
export type Comparison = Omit<GateOutcome, 'promoted'>;

/** Of the rows below the name of their group, and of a reason below its row. */
const rowIndent = '  ';
const reasonIndent = '    ';

/**
 * Formats the table, with the reason of each verdict beside it, or below it on a narrow terminal.
 *
 * @returns lines, each with a line end; empty if nothing was compared
 */
export function describeRows(
  { version, champion, rows }: Pick<Comparison, 'version' | 'champion' | 'rows'>,
  stream: OutputStream,
): string {
  if (rows.length === 0) return '';
  const width = widthOf(stream);
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    styleText(format, text, { stream });
  const head = ['', champion ?? 'no champion', version, ''];
  const cells = rows.map(row => [
    rowIndent + row.name,
    row.champion === null ? missing : describe(row.champion, row.unit),
    describe(row.challenger, row.unit),
    row.verdict,
  ]);
  const style: CellStyle = (text, i, column) => {
    if (i === 0) return paint('bold', text);
    return column === 3 ? paint(styleOf(rows[i - 1]!), text) : text;
  };
  const [first, ...others] = alignRows([head, ...cells], style, width);
  const beside = stripVTControlCharacters(first!.split('\n')[0]!).length + 2;
  const fits = rows.every(({ why }) => beside + why.length <= width);
  const lines = others.flatMap((text, i) => {
    const { group, why } = rows[i]!;
    const title = group === rows[i - 1]?.group ? [] : [paint('bold', group)];
    if (fits) return [...title, `${text}  ${paint('dim', why)}`];
    const reason = why === '' ? [] : wrapText(reasonIndent + why, width);
    return [...title, text, ...reason.map(line => paint('dim', line))];
  });
  return `${[first, ...lines].join('\n').replaceAll(/ +$/gm, '')}\n`;
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
