// Placeholders in Ink's frame, which the frame output replaces by the current picture of the canvas, of the
// network, or of the answer. Ink takes milliseconds for a frame, so a stroke and its answer need not wait for
// one, and no frame can bring back an older drawing.

/** Private-use characters; no other text on the screen has any, since \p{C} is filtered out. */
export const placeholderCells = {
  canvas: '\u{e000}',
  network: '\u{e001}',
  answer: '\u{e002}',
  digit: '\u{e003}',
  seen: '\u{e004}',
} as const;

export type InsetName = keyof typeof placeholderCells;

const nameOf = new Map(
  (Object.keys(placeholderCells) as InsetName[]).map(name => [placeholderCells[name], name]),
);

/** A row of a placeholder has its character at both edges: Ink measures every character that it shows. */
const placeholder = /([\u{e000}-\u{e004}]) *\1/gu;

/** A picture to be inserted at its placeholder: rows of text, each so many columns wide. */
export interface Inset {
  readonly rows: readonly string[];
  readonly columns: number;
}

/** What there is to insert; the same object until an inset changes. */
export type Insets = Readonly<Partial<Record<InsetName, Inset | undefined>>>;

/** One row of a placeholder. */
interface Slot {
  readonly name: InsetName;
  /** Counted from its first. */
  readonly row: number;
  readonly columns: number;
}

/** A frame of Ink, each row as text and placeholders in their order. */
export interface FrameTemplate {
  readonly rows: readonly (readonly (string | Slot)[])[];
  /** The rows of each placeholder. */
  readonly heights: ReadonlyMap<InsetName, number>;
}

/** Finds the placeholders in the rows of a frame. */
export function templateOf(frame: readonly string[]): FrameTemplate {
  const heights = new Map<InsetName, number>();
  const rows = frame.map(text => {
    const parts: (string | Slot)[] = [];
    let end = 0;
    for (const { 0: found, 1: cell, index } of text.matchAll(placeholder)) {
      const name = nameOf.get(cell as (typeof placeholderCells)[InsetName])!;
      const row = heights.get(name) ?? 0;
      heights.set(name, row + 1);
      parts.push(text.slice(end, index), { name, row, columns: found.length });
      end = index + found.length;
    }
    return [...parts, text.slice(end)];
  });
  return { rows, heights };
}

/**
 * @returns the frame with each inset at its placeholder, which stays empty for an inset of another
 *   size: that one belongs to a frame which is still to come.
 */
export function fillTemplate({ rows, heights }: FrameTemplate, insets: Insets): string[] {
  const rowAt = ({ name, row, columns }: Slot) => {
    const inset = insets[name];
    const isFitting = inset?.rows.length === heights.get(name) && inset?.columns === columns;
    return (isFitting ? inset?.rows[row] : undefined) ?? ' '.repeat(columns);
  };
  return rows.map(parts =>
    parts.map(part => (typeof part === 'string' ? part : rowAt(part))).join(''),
  );
}
