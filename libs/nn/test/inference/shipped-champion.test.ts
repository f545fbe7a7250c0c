// The shipped champion on ones and sevens that are drawn by a script of their own, not by the style families.

import { fileURLToPath } from 'node:url';
import test from 'ava';
import { rasterize } from '../../src/data/synthesis/rendering/rasterize.ts';
import type { Drawing } from '../../src/data/synthesis/strokes/transform.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { between, Random, within } from '../../src/engine/random.ts';
import { argmax } from '../../src/engine/softmax.ts';
import { createLogitsOf } from '../../src/evaluation/metrics/measure.ts';
import { preparePictures } from '../../src/evaluation/sets/drawings.ts';
import { loadChampion } from '../../src/registry/champion.ts';

const models = fileURLToPath(new URL('../../../../models', import.meta.url));
const { kernels } = chooseKernels(undefined, { isShared: false, wideVectors: false });
const count = 300;
const side = 60;

/**
 * A one with a flag, or a seven.
 *
 * @param angle of the first line below the horizontal, in degrees
 * @param length of the first line, relative to the height
 * @param lean how far the stem leads to the left, relative to the height
 */
function drawOf(angle: number, length: number, lean: number, random: Random) {
  const height = side * between(0.5, 0.8, random);
  const [x, y] = [0.6 * side, (side - height) / 2];
  const radians = (angle * Math.PI) / 180;
  const [dx, dy] = [height * length * Math.cos(radians), height * length * Math.sin(radians)];
  const drawing: Drawing = [
    [
      [x - dx, y + dy],
      [x, y],
      [x - lean * height, y + height],
    ],
  ];
  const data = rasterize(drawing, side, {
    radius: height * between(0.025, 0.07, random),
    isSoft: true,
  });
  return { width: side, height: side, channels: 1 as const, data };
}

const kinds = [
  {
    name: 'ones with a flag of 15° to 55° below the horizontal',
    label: 1,
    draw: (random: Random) =>
      drawOf(between(15, 55, random), between(0.2, 0.6, random), within(0.08, random), random),
  },
  {
    name: 'sevens with a level line',
    label: 7,
    draw: (random: Random) =>
      drawOf(within(5, random), between(0.4, 0.7, random), between(0.2, 0.5, random), random),
  },
] as const;

for (const { name, label, draw } of kinds) {
  test(`the shipped champion reads 97 % of ${name}`, async t => {
    const { model } = await loadChampion(models, kernels);
    const random = new Random(18);
    const samples = preparePictures(
      Array.from({ length: count }, () => ({ picture: draw(random), label })),
    );
    const logits = createLogitsOf(model.network)(samples);
    const classes = logits.length / count;
    const isRight = (_: unknown, i: number) =>
      argmax(logits.subarray(i * classes, (i + 1) * classes)) === label;
    const right = samples.labels.filter(isRight).length;
    t.true(right >= 0.97 * count, `${right} of ${count}`);
  });
}
