// Pictures of everything but a digit, to teach the network what it doesn't know (outlier exposure:
// Hendrycks, Mazeika and Dietterich 2019).
import type { Stroke } from '../data/strokes.ts';
import type { Picture } from '../preprocess/picture.ts';
import { between, type Random, within } from '../random.ts';
import { changeHand, type Drawing, mapPoints, normalise } from './geometry.ts';
import { drawManner, type GridBrush, gridSide, render, renderAtRandom } from './render.ts';
import { noDigits } from './shapes.ts';

export interface NotDigitSources {
  readonly brush: GridBrush;
  /** a drawing of a single digit, to put several side by side */
  readonly digit: (random: Random) => Drawing;
}

/** How often each kind comes, of 1. */
const shares = { shape: 0.5, scribble: 0.17, several: 0.15, texture: 0.1 } as const;

/** A letter, a sign, a scribble, several digits, or no drawing at all. */
export function drawNoDigit({ brush, digit }: NotDigitSources, random: Random): Picture {
  let chosen = random.uniform();
  const isNext = (share: number) => {
    chosen -= share;
    return chosen < 0;
  };
  if (isNext(shares.shape)) return renderAtRandom(drawShape(random), brush, random);
  if (isNext(shares.scribble)) return renderAtRandom(scribble(random), brush, random);
  if (isNext(shares.several)) return renderSeveral(digit, brush, random);
  if (isNext(shares.texture)) return texture(random);
  return patches(random);
}

/** Corners rounded or not, and every point a little elsewhere. */
function drawShape(random: Random): Stroke[] {
  const shape = noDigits[random.below(noDigits.length)]!;
  const moved = mapPoints(shape, (x, y) => [x + within(0.06, random), y + within(0.06, random)]);
  return random.uniform() < 0.6 ? moved.map(round).map(round) : moved;
}

/** Chaikin's corner cutting: ends stay. */
function round(stroke: Stroke): Stroke {
  if (stroke.length < 3) return stroke;
  const cut = stroke.slice(1).flatMap(([x, y], i): Stroke => {
    const [px, py] = stroke[i]!;
    return [
      [0.75 * px + 0.25 * x, 0.75 * py + 0.25 * y],
      [0.25 * px + 0.75 * x, 0.25 * py + 0.75 * y],
    ];
  });
  return [stroke[0]!, ...cut, stroke.at(-1)!];
}

/** A pen that wanders: enough turns that no digit comes of it but by chance. */
function scribble(random: Random): Stroke[] {
  const strokes = 1 + random.below(3);
  return Array.from({ length: strokes }, (): Stroke => {
    const points = 12 + random.below(40);
    let [x, y] = [within(0.4, random), within(0.4, random)];
    let direction = within(Math.PI, random);
    const turn = between(0.3, 1.5, random);
    return Array.from({ length: points }, () => {
      direction += within(turn, random) + 0.35 * turn * Math.sign(x * Math.sin(direction));
      x = Math.min(0.5, Math.max(-0.5, x + 0.12 * Math.cos(direction)));
      y = Math.min(0.5, Math.max(-0.5, y + 0.12 * Math.sin(direction)));
      return [x, y] as const;
    });
  });
}

const hands = { rotation: 0.15, slant: 0.2, aspect: 0.25, wobble: 0.02 } as const;

/** Two or three digits in a row, with space between them, as people write a number. */
function renderSeveral(
  digitOf: NotDigitSources['digit'],
  brush: GridBrush,
  random: Random,
): Picture {
  const count = 2 + random.below(2);
  let right = 0;
  const row = Array.from({ length: count }, () => {
    const digit = changeHand(normalise(digitOf(random)), hands, random);
    const xs = digit.flat().map(([x]) => x);
    const [left, width] = [Math.min(...xs), Math.max(...xs) - Math.min(...xs)];
    const at = right;
    right += width + between(0.12, 0.45, random);
    return mapPoints(digit, (x, y) => [x - left + at, y + within(0.01, random)]);
  }).flat();
  return render(row, drawManner(random), brush);
}

/** Noise at some scale, as of a photograph of anything. */
function texture(random: Random): Picture {
  const cells = 3 + random.below(12);
  const values = Array.from({ length: (cells + 1) ** 2 }, () => 255 * random.uniform());
  const isSharp = random.uniform() < 0.5;
  return picture((x, y) => {
    const [column, row] = [(x * cells) / gridSide, (y * cells) / gridSide];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const at = (dx: number, dy: number) => values[(top + dy) * (cells + 1) + left + dx]!;
    if (isSharp) return at(0, 0);
    const [wx, wy] = [column - left, row - top];
    return (
      (1 - wy) * ((1 - wx) * at(0, 0) + wx * at(1, 0)) + wy * ((1 - wx) * at(0, 1) + wx * at(1, 1))
    );
  });
}

/** Full and empty ellipses and boxes, one over the other. */
function patches(random: Random): Picture {
  const count = 2 + random.below(5);
  const all = Array.from({ length: count }, () => ({
    x: between(4, 24, random),
    y: between(4, 24, random),
    wide: between(2, 10, random),
    high: between(2, 10, random),
    isRound: random.uniform() < 0.5,
    ink: random.uniform() < 0.25 ? 0 : between(100, 255, random),
  }));
  return picture((px, py) => {
    let ink = 0;
    for (const { x, y, wide, high, isRound, ink: own } of all) {
      const [dx, dy] = [Math.abs(px - x) / wide, Math.abs(py - y) / high];
      if (isRound ? dx * dx + dy * dy < 1 : Math.max(dx, dy) < 1) ink = own;
    }
    return ink;
  });
}

function picture(value: (x: number, y: number) => number): Picture {
  const data = Uint8Array.from({ length: gridSide * gridSide }, (_, i) =>
    value(i % gridSide, Math.floor(i / gridSide)),
  );
  return { width: gridSide, height: gridSide, channels: 1, data };
}
