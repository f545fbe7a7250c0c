// Placeholders: private characters in Ink's frame, which the frame output replaces by the current picture of
// the canvas, of the network, or of a training's answer. Ink takes milliseconds for a frame, so a stroke need
// not wait for one, and no frame can bring back an older drawing.

/** Private-use characters; no other text on the screen has any, since \p{C} is filtered out. */
const cells = { canvas: '\u{e000}', network: '\u{e001}', answer: '\u{e002}' } as const;
const names = ['canvas', 'network', 'answer'] as const;

export type InsetName = keyof typeof cells;

/** A picture to be inserted at its placeholder: rows of text, each so many columns wide. */
export interface Inset {
  readonly rows: readonly string[];
  readonly columns: number;
}

/** What there is to insert; the same object until an inset changes. */
export type Insets = Readonly<Partial<Record<InsetName, Inset | undefined>>>;

/** @returns rows of placeholder characters. */
export function placeholderRows(name: InsetName, columns: number, rows: number): string[] {
  return Array.from({ length: rows }, () => cells[name].repeat(columns));
}

/**
 * @returns the frame with each inset at its placeholder, which stays empty for an inset of another
 *   size: that one belongs to a frame which is still to come.
 */
export function fillPlaceholders(frame: readonly string[], insets: Insets): readonly string[] {
  return names.reduce((filled, name) => fill(filled, name, insets[name]), frame);
}

function fill(
  frame: readonly string[],
  name: InsetName,
  inset: Inset | undefined,
): readonly string[] {
  const cell = cells[name];
  const first = frame.findIndex(row => row.includes(cell));
  if (first < 0) return frame;
  const count = frame.filter(row => row.includes(cell)).length;
  const columns = placeholderIn(frame[first], cell).length;
  const isFitting = inset?.rows.length === count && inset.columns === columns;
  return frame.map((row, index) => {
    const placeholder = placeholderIn(row, cell);
    if (placeholder === '') return row;
    const shown = isFitting ? inset.rows[index - first] : undefined;
    return row.replace(placeholder, () => shown ?? ' '.repeat(placeholder.length));
  });
}

/** The characters of one placeholder in a row are side by side. */
function placeholderIn(row = '', cell: string): string {
  return row.slice(Math.max(row.indexOf(cell), 0), row.lastIndexOf(cell) + 1);
}
