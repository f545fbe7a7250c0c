// Reverses PNG's line filters: each byte is stored as the difference from a prediction made of the
// bytes to the left, above, and above left (PNG specification, §9).

export interface Lines {
  readonly height: number;
  /** Bytes in a line. */
  readonly stride: number;
  /** Bytes in a pixel, which is the distance to the byte to the left. */
  readonly channels: number;
}

/**
 * @param lines [height, 1 + stride]: for each line the number of its filter and the filtered bytes
 * @returns [height, stride]; undefined for an unknown filter
 */
export function unfilter(
  lines: Uint8Array,
  { height, stride, channels }: Lines,
): Uint8Array | undefined {
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const filter = lines[from]!;
    if (filter > 4) return undefined;
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : pixels[to + x - channels]!;
      const above = y === 0 ? 0 : pixels[to + x - stride]!;
      const corner = x < channels || y === 0 ? 0 : pixels[to + x - stride - channels]!;
      pixels[to + x] = lines[from + 1 + x]! + predict(filter, left, above, corner);
    }
  }
  return pixels;
}

function predict(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

/** The one of the three that is nearest to left + above − corner. */
function paeth(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
