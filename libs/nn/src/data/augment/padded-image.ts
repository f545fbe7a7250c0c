// Images with a margin of one empty pixel, so that loops need no bounds checks, and grey dilation and erosion
// of the strokes on them.

/** An image with its margin. */
export interface PaddedImage {
  /** of the image without its margin */
  readonly rows: number;
  readonly columns: number;
  /** [rows + 2, columns + 2] ink 0…255 */
  readonly values: Uint8Array;
}

/** @returns an image of zeros */
export function createPaddedImage(rows: number, columns: number): PaddedImage {
  return { rows, columns, values: new Uint8Array((rows + 2) * (columns + 2)) };
}

/** Copies [rows, columns] ink from source[from …] into the inside of a padded image; its margin does not change. */
export function padInto(target: PaddedImage, source: Uint8Array, from = 0): void {
  const { rows, columns, values } = target;
  for (let y = 0; y < rows; y++) {
    const row = (y + 1) * (columns + 2) + 1;
    for (let x = 0; x < columns; x++) values[row + x] = source[from + y * columns + x]!;
  }
}

/**
 * Moves every pixel towards the maximum (amount > 0, dilation) or minimum (amount < 0, erosion) of
 * itself and its four neighbours: result = here + |amount| · (extreme − here).
 *
 * @param target image of the same size, its inside overwritten; not the source
 * @param amount −1…1
 */
export function changeThickness(
  { values: target }: PaddedImage,
  { rows, columns, values: source }: PaddedImage,
  amount: number,
): void {
  const isDilation = amount > 0;
  const weight = Math.abs(amount);
  const stride = columns + 2;
  for (let y = 1; y <= rows; y++) {
    const start = y * stride + 1;
    for (let i = start; i < start + columns; i++) {
      const here = source[i]!;
      const left = source[i - 1]!;
      const right = source[i + 1]!;
      const above = source[i - stride]!;
      const below = source[i + stride]!;
      // Fast path: most of an image is empty and remains empty.
      if ((here | left | right | above | below) === 0) {
        target[i] = 0;
        continue;
      }
      const extreme = isDilation
        ? Math.max(here, left, right, above, below)
        : Math.min(here, left, right, above, below);
      target[i] = here + weight * (extreme - here) + 0.5;
    }
  }
}
