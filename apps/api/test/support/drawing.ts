// Digits drawn with a round pen: the grey pixels of all pictures in the tests.

type Point = readonly [x: number, y: number];

/** Light on dark, row-major, square. */
export interface Drawing {
  readonly side: number;
  readonly data: Uint8Array;
}

const strokes = {
  0: [
    [0.5, 0.16],
    [0.36, 0.22],
    [0.29, 0.38],
    [0.29, 0.62],
    [0.36, 0.78],
    [0.5, 0.84],
    [0.64, 0.78],
    [0.71, 0.62],
    [0.71, 0.38],
    [0.64, 0.22],
    [0.5, 0.16],
  ],
  1: [
    [0.42, 0.28],
    [0.52, 0.16],
    [0.52, 0.84],
  ],
  2: [
    [0.3, 0.32],
    [0.34, 0.21],
    [0.48, 0.16],
    [0.63, 0.2],
    [0.68, 0.33],
    [0.6, 0.5],
    [0.28, 0.84],
    [0.74, 0.84],
  ],
  4: [
    [0.6, 0.16],
    [0.26, 0.6],
    [0.76, 0.6],
    [0.6, 0.6],
    [0.6, 0.16],
    [0.6, 0.86],
  ],
  5: [
    [0.7, 0.16],
    [0.36, 0.16],
    [0.33, 0.46],
    [0.52, 0.42],
    [0.67, 0.5],
    [0.7, 0.65],
    [0.61, 0.8],
    [0.46, 0.85],
    [0.3, 0.79],
  ],
  7: [
    [0.26, 0.22],
    [0.72, 0.22],
    [0.44, 0.84],
  ],
} as const satisfies Record<number, readonly Point[]>;

export type DrawnDigit = keyof typeof strokes;

const penRadius = 0.045;

/** The digit, `side` pixels wide and high. */
export function draw(digit: DrawnDigit, side: number): Drawing {
  return drawLines([strokes[digit]], side, penRadius);
}

/** Polylines whose coordinates are fractions of the side. */
export function drawLines(
  lines: readonly (readonly Point[])[],
  side: number,
  radius: number,
): Drawing {
  const data = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const point: Point = [(x + 0.5) / side, (y + 0.5) / side];
      const distance = Math.min(...lines.map(line => distanceToStroke(point, line)));
      const coverage = (radius - distance) * side + 0.5;
      data[y * side + x] = Math.round(255 * Math.min(1, Math.max(0, coverage)));
    }
  }
  return { side, data };
}

export function invert({ side, data }: Drawing): Drawing {
  return { side, data: data.map(value => 255 - value) };
}

function distanceToStroke(point: Point, points: readonly Point[]): number {
  return Math.min(...points.slice(1).map((end, i) => distanceToLine(point, points[i]!, end)));
}

function distanceToLine([x, y]: Point, [x0, y0]: Point, [x1, y1]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - clamped * dx, y - y0 - clamped * dy);
}
