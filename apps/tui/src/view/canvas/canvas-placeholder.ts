// The canvas is not drawn by Ink, for which a frame is milliseconds of work: Ink leaves room for it,
// and whoever writes Ink's frame puts the canvas there as it is at that moment. So what a hand draws
// need not wait for a frame, and no frame can bring back what the hand has drawn over meanwhile.

/** A private character, of which no other text on the screen has any: \p{C} is kept out of it all. */
const placeholderCell = '\u{e000}';
const placeholderPattern = /\u{e000}+/u;

/** A picture to be put into its room: rows of text, each so many columns wide. */
export interface Inset {
  readonly rows: readonly string[];
  readonly columns: number;
}

/** @returns the rows that keep room in a frame. */
export function placeholderRows(columns: number, rows: number): string[] {
  return Array.from({ length: rows }, () => placeholderCell.repeat(columns));
}

/**
 * @returns the frame with the inset in its room, which stays empty for an inset of another size:
 *   that one belongs to a frame which is still to come.
 */
export function fillPlaceholder(
  frame: readonly string[],
  inset: Inset | undefined,
): readonly string[] {
  const first = frame.findIndex(row => row.includes(placeholderCell));
  if (first < 0) return frame;
  const count = frame.filter(row => row.includes(placeholderCell)).length;
  const isFitting =
    inset?.rows.length === count && inset.columns === placeholderIn(frame[first]).length;
  return frame.map((row, index) => {
    const room = placeholderIn(row);
    if (room === '') return row;
    const shown = isFitting ? inset.rows[index - first] : undefined;
    return row.replace(room, () => shown ?? ' '.repeat(room.length));
  });
}

function placeholderIn(row = ''): string {
  return placeholderPattern.exec(row)?.[0] ?? '';
}
