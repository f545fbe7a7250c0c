// A picture with a margin of one empty pixel all around, so that every neighbour of a pixel exists
// and the loops over pictures need not ask.

export const side = 28;
export const paddedSide = side + 2;

export function createPaddedPicture(): Uint8Array {
  return new Uint8Array(paddedSide * paddedSide);
}

/**
 * Copies [28, 28] ink that begins at source[from] into the middle of a padded picture, whose margin
 * stays as it is.
 */
export function padInto(target: Uint8Array, source: Uint8Array, from = 0): void {
  for (let y = 0; y < side; y++) {
    const row = (y + 1) * paddedSide + 1;
    for (let x = 0; x < side; x++) target[row + x] = source[from + y * side + x]!;
  }
}
