import test from 'ava';
import type { Picture } from '../../src/preprocess/picture.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { difference, greyPicture, insideSeven } from './pictures.ts';

const width = 211;
const height = 157;

/** Light on a sheet at x and y in 0…1, as a fraction of full light. */
type Light = (x: number, y: number) => number;

/** The 7 in one corner of a photographed sheet, in grain of ±3 levels. */
function photograph(light: Light, { paper = 230, ink = 70, grain = 3 } = {}) {
  return greyPicture(width, height, (x, y) => {
    const isInk = insideSeven((x + 0.5 - 120) / 70, (y + 0.5 - 20) / 70);
    const noise = ((x * 7919 + y * 104_729) % (2 * grain + 1)) - grain;
    return (isInk ? ink : paper) * light(x / width, y / height) + noise;
  });
}

const reference = photograph(() => 1);

const lights: Record<string, Light> = {
  'from one side': x => 0.45 + 0.55 * x,
  'from a corner': (x, y) => 0.4 + 0.3 * x + 0.3 * y,
  'that falls off to the corners': (x, y) => 1 - 0.8 * ((x - 0.5) ** 2 + (y - 0.5) ** 2),
  'of a lamp over one corner': (x, y) =>
    0.45 + 0.55 * Math.exp(-(((x - 0.2) * 1.6) ** 2 + ((y - 0.2) * 1.2) ** 2)),
  'with a soft shadow over one side': x => 1 - 0.4 / (1 + Math.exp(-(x - 0.4) * 15)),
};

for (const [title, light] of Object.entries(lights)) {
  test(`a digit in light ${title} comes out like one in even light`, t => {
    const pen = difference(photograph(light), reference);
    t.true(pen < 0.03, `dark on light: mean absolute difference ${pen}`);
    const chalk = difference(photograph(light, { paper: 90, ink: 240 }), reference);
    t.true(chalk < 0.03, `light on dark: mean absolute difference ${chalk}`);
  });

  test(`an empty sheet in light ${title} is blank`, t => {
    t.is(preprocess(photograph(light, { ink: 230 })), undefined);
  });
}

test('a digit as large as its picture is not taken for illumination', t => {
  const [even, uneven] = [0, 0.25].map(slope =>
    greyPicture(28, 28, (x, y) => {
      const isInk = insideSeven((x + 0.5 - 4) / 27, (y + 0.5 - 0.5) / 27);
      return (isInk ? 60 : 220) * (1 - (slope * x) / 28);
    }),
  ) as [Picture, Picture];
  const seen = difference(even, uneven);
  t.true(seen < 0.05, `mean absolute difference ${seen}`);
});

test('a picture in two halves is no error', t => {
  const halves = greyPicture(width, height, x => (x < 100 ? 40 : 200));
  t.notThrows(() => preprocess(halves));
});

test('pictures of one or two pixels a side are no error', t => {
  for (const [w, h] of [
    [1, 1],
    [1, 2],
    [2, 2],
    [1, 97],
  ] as const) {
    t.notThrows(() => preprocess(greyPicture(w, h, (x, y) => 100 + 50 * x + y)));
  }
});
