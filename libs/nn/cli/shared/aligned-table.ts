// Rows of text as columns: the first aligned left, the others right.

/** Colours a cell; it gets the text with its padding and must not change its width. */
export type CellStyle = (text: string, row: number, column: number) => string;

export function alignTable(
  rows: readonly (readonly string[])[],
  style: CellStyle = text => text,
): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]!.length)),
  );
  return rows
    .map((row, i) =>
      row
        .map((text, column) => {
          const width = widths[column]!;
          return style(column === 0 ? text.padEnd(width) : text.padStart(width), i, column);
        })
        .join('  '),
    )
    .join('\n');
}
