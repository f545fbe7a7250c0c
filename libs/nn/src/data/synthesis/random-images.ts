// Random images without strokes: textures, speckles, blobs and shapes, as photographs contain them.

import { between, type Random } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';
import { sampleBilinear } from '../../preprocess/resample.ts';
import { canvasSide } from './rendering/render.ts';

/** Value noise at a random scale, as sharp cells or interpolated. */
export function randomTexture(random: Random): Picture {
  const cells = 3 + random.below(12);
  const values = Array.from({ length: (cells + 1) ** 2 }, () => 255 * random.uniform());
  const isSharp = random.uniform() < 0.5;
  const valueAt = (column: number, row: number) => values[row * (cells + 1) + column]!;
  return pictureOf((x, y) => {
    const [column, row] = [(x * cells) / canvasSide, (y * cells) / canvasSide];
    if (isSharp) return valueAt(Math.floor(column), Math.floor(row));
    return sampleBilinear(valueAt, column, row);
  });
}

/** Random pixels of ink, like dust or screen noise. */
export function randomSpeckles(random: Random): Picture {
  const fraction = between(0.03, 0.5, random);
  return pictureOf(() => (random.uniform() < fraction ? 255 : 0));
}

/** Overlapping ellipses and rectangles, filled or empty. */
export function randomShapes(random: Random): Picture {
  const count = 2 + random.below(5);
  const shapes = Array.from({ length: count }, () => ({
    x: between(4, 24, random),
    y: between(4, 24, random),
    radiusX: between(2, 10, random),
    radiusY: between(2, 10, random),
    isEllipse: random.uniform() < 0.5,
    ink: random.uniform() < 0.25 ? 0 : between(100, 255, random),
  }));
  return pictureOf((px, py) => {
    let ink = 0;
    for (const { x, y, radiusX, radiusY, isEllipse, ink: own } of shapes) {
      const [dx, dy] = [Math.abs(px - x) / radiusX, Math.abs(py - y) / radiusY];
      if (isEllipse ? dx * dx + dy * dy < 1 : Math.max(dx, dy) < 1) ink = own;
    }
    return ink;
  });
}

/** A filled disc or oval, at most 1.3 times as high as wide, because a higher one resembles a thick one. */
export function randomBlob(random: Random): Picture {
  const radiusX = between(2, 12, random);
  const radiusY = radiusX * between(0.4, 1.3, random);
  const [x, y] = [between(9, 19, random), between(9, 19, random)];
  const tilt = between(-0.3, 0.3, random);
  const softness = between(0.5, 3, random);
  return pictureOf((px, py) => {
    const [dx, dy] = [px - x, py - y - tilt * (px - x)];
    const distance = (Math.hypot(dx / radiusX, dy / radiusY) - 1) * Math.min(radiusX, radiusY);
    return 255 * Math.min(1, Math.max(0, 0.5 - distance / softness));
  });
}

function pictureOf(inkAt: (x: number, y: number) => number): Picture {
  const data = Uint8Array.from({ length: canvasSide * canvasSide }, (_, i) =>
    inkAt(i % canvasSide, Math.floor(i / canvasSide)),
  );
  return { width: canvasSide, height: canvasSide, channels: 1, data };
}
