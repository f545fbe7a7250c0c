// Pads images to squares, because screens show pictures of one side.

/**
 * Pads an image with zeros at the right or at the bottom.
 *
 * @param columns of the image; those of a square by default
 * @returns the same array if the image is a square
 */
export function toSquare(pixels: Uint8Array, columns = Math.sqrt(pixels.length)): Uint8Array {
  const rows = pixels.length / columns;
  if (rows === columns) return pixels;
  const side = Math.max(rows, columns);
  const square = new Uint8Array(side * side);
  for (let y = 0; y < rows; y++) {
    square.set(pixels.subarray(y * columns, (y + 1) * columns), y * side);
  }
  return square;
}
