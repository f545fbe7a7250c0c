// The canvas placeholder: private characters in Ink's frame, which the frame output replaces by the
// canvas as it is at that moment. Ink takes milliseconds for a frame, so a stroke need not wait for
// one, and no frame can bring back an older drawing.

/** A private-use character; no other text on the screen has any, since \p{C} is filtered out. */
const placeholderCell = '\u{e000}';
const placeholderPattern = /\u{e000}+/u;

/** A picture to be inserted at the placeholder: rows of text, each so many columns wide. */
export interface Inset {
  readonly rows: readonly string[];
  readonly columns: number;
}

/** @returns rows of placeholder characters. */
export function placeholderRows(columns: number, rows: number): string[] {
  return Array.from({ length: rows }, () => placeholderCell.repeat(columns));
}

/**
 * @returns the frame with the inset at its placeholder, which stays empty for an inset of another
 *   size: that one belongs to a frame which is still to come.
 */
export function fillPlaceholder(
  frame: readonly string[],
  inset: Inset | undefined,
): readonly string[] {
  const first = frame.findIndex(row => row.includes(placeholderCell));
  if (first < 0) return frame;
  const count = frame.filter(row => row.includes(placeholderCell)).length;
  const columns = placeholderIn(frame[first]).length;
  const isFitting = inset?.rows.length === count && inset.columns === columns;
  return frame.map((row, index) => {
    const placeholder = placeholderIn(row);
    if (placeholder === '') return row;
    const shown = isFitting ? inset.rows[index - first] : undefined;
    return row.replace(placeholder, () => shown ?? ' '.repeat(placeholder.length));
  });
}

function placeholderIn(row = ''): string {
  return placeholderPattern.exec(row)?.[0] ?? '';
}
