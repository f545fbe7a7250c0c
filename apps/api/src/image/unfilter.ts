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
 * Works in place, because a new array would take longer than the filters of a small picture.
 *
 * @param lines [height, 1 + stride]: for each line the number of its filter and the filtered bytes
 * @returns [height, stride], a view of `lines`; undefined for an unknown filter
 */
export function unfilter(
  lines: Uint8Array,
  { height, stride, channels }: Lines,
): Uint8Array | undefined {
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const filter = lines[from]!;
    if (filter > 4) return undefined;
    const start = y * stride;
    lines.copyWithin(start, from + 1, from + 1 + stride);
    unfilterLine(lines, filter, { start, stride, channels });
  }
  return new Uint8Array(lines.buffer, lines.byteOffset, height * stride);
}

interface Line {
  /** Index of its first byte. The bytes before are those of the line above, 0 above the first one. */
  readonly start: number;
  readonly stride: number;
  readonly channels: number;
}

function unfilterLine(bytes: Uint8Array, filter: number, { start, stride, channels }: Line): void {
  const end = start + stride;
  const isFirst = start === 0;
  if (filter === 1) {
    for (let i = start + channels; i < end; i++) bytes[i]! += bytes[i - channels]!;
  } else if (filter === 2 && !isFirst) {
    for (let i = start; i < end; i++) bytes[i]! += bytes[i - stride]!;
  } else if (filter > 2) {
    for (let i = start; i < end; i++) {
      const hasLeft = i >= start + channels;
      const left = hasLeft ? bytes[i - channels]! : 0;
      const above = isFirst ? 0 : bytes[i - stride]!;
      const corner = hasLeft && !isFirst ? bytes[i - stride - channels]! : 0;
      bytes[i]! += filter === 3 ? (left + above) >> 1 : paeth(left, above, corner);
    }
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
