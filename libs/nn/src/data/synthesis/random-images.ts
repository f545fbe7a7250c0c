// Pictures that no pen drew, as of photographs of anything.

import { between, type Random } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import { canvasSide } from './rendering/render.ts';

/** Noise at some scale. */
export function randomTexture(random: Random): Picture {
  const cells = 3 + random.below(12);
  const values = Array.from({ length: (cells + 1) ** 2 }, () => 255 * random.uniform());
  const isSharp = random.uniform() < 0.5;
  return picture((x, y) => {
    const [column, row] = [(x * cells) / canvasSide, (y * cells) / canvasSide];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const at = (dx: number, dy: number) => values[(top + dy) * (cells + 1) + left + dx]!;
    if (isSharp) return at(0, 0);
    const [wx, wy] = [column - left, row - top];
    return (
      (1 - wy) * ((1 - wx) * at(0, 0) + wx * at(1, 0)) + wy * ((1 - wx) * at(0, 1) + wx * at(1, 1))
    );
  });
}

/** Dust, or the static of a screen: pixels of ink anywhere. */
export function randomSpeckles(random: Random): Picture {
  const share = between(0.03, 0.5, random);
  return picture(() => (random.uniform() < share ? 255 : 0));
}

/** Full and empty ellipses and boxes, one over the other. */
export function randomShapes(random: Random): Picture {
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
  const data = Uint8Array.from({ length: canvasSide * canvasSide }, (_, i) =>
    value(i % canvasSide, Math.floor(i / canvasSide)),
  );
  return { width: canvasSide, height: canvasSide, channels: 1, data };
}
