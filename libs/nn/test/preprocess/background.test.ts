// The background of a picture: its border, its bands, its illumination, and which side of it is ink.

import test from 'ava';
import { Random } from '../../src/engine/random.ts';
import { levelBackgroundBands } from '../../src/preprocess/background/background-bands.ts';
import { measureBorder, withBorderStats } from '../../src/preprocess/border.ts';
import type { Picture, Plane } from '../../src/preprocess/picture.ts';
import { findPolarity } from '../../src/preprocess/polarity.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { difference, greyPicture, insideSeven, meanDifference, over, seven } from './pictures.ts';

const planeWidth = 97;
const planeHeight = 89;

function planeOf(light: (x: number, y: number) => number): Plane {
  const values = Float32Array.from({ length: planeWidth * planeHeight }, (_, i) =>
    light(i % planeWidth, Math.floor(i / planeWidth)),
  );
  return { width: planeWidth, height: planeHeight, values };
}

test('a uniform border has no deviation, independent of the inside', t => {
  const isInside = (x: number, y: number) =>
    x > 0 && y > 0 && x < planeWidth - 1 && y < planeHeight - 1;
  const plane = planeOf((x, y) => (isInside(x, y) ? 3 * x : 211));
  t.like(measureBorder(plane), { background: 211, deviation: 0 });
});

test('the deviation of noise is 0.674 of its standard deviation', t => {
  const random = new Random(3);
  const { background, deviation } = measureBorder(planeOf(() => 120 + 10 * random.normal()));
  t.true(Math.abs(background - 120) < 2, `${background}`);
  t.true(Math.abs(deviation - 6.74) < 1, `${deviation}`);
});

test('noise about black is measured, though half of it is clipped', t => {
  const random = new Random(3);
  const plane = planeOf(() => Math.max(0, 10 * random.normal()));
  const { background, deviation } = measureBorder(plane);
  t.true(background < 2, `${background}`);
  t.true(deviation > 4 && deviation < 7, `${deviation}`);
});

test('ink along one side of the picture is not noise', t => {
  const plane = planeOf(x => (x === 0 ? 0 : 200));
  t.like(measureBorder(plane), { background: 200, deviation: 0 });
});

test('the ink is the side with the larger sum of differences', t => {
  const picture = (ink: number, paper: number) => {
    const { data } = greyPicture(10, 10, (x, y) => (x === 5 && y > 1 && y < 8 ? ink : paper));
    return { width: 10, height: 10, values: Float32Array.from(data) };
  };
  t.deepEqual(findPolarity(picture(0, 200), 200), { sign: -1, contrast: 200 });
  t.deepEqual(findPolarity(picture(200, 0), 0), { sign: 1, contrast: 200 });
});

test('a large part in other light is not the ink, though its sum is larger', t => {
  const { data } = greyPicture(10, 10, (x, y) =>
    x < 5 ? 230 : x === 7 && y > 1 && y < 8 ? 0 : 138,
  );
  const plane = { width: 10, height: 10, values: Float32Array.from(data) };
  t.is(findPolarity(plane, 138).sign, -1);
});

const clean = preprocess(seven({ left: 18 }))!;

/** On the edges of strokes, and where a ruled line ends in one. */
const tolerance = 0.03;

const sheets: readonly (readonly [title: string, picture: ReturnType<typeof seven>])[] = [
  [
    'a shadow with a straight edge across the digit',
    over(seven({ left: 18 }), (x, _y, before) => (x < 30 ? Math.round(before * 0.6) : null)),
  ],
  [
    'a shadow over the lower half',
    over(seven({ left: 18 }), (_x, y, before) => (y > 35 ? Math.round(before * 0.6) : null)),
  ],
  [
    'stripes turned from white to black',
    over(seven({ left: 18 }), (x, _y, before) => (x < 16 || x >= 48 ? 255 - before : null)),
  ],
  [
    'ruled paper',
    over(seven({ left: 18 }), (_x, y, before) => (y % 9 === 4 && before > 200 ? 200 : null)),
  ],
];

for (const [title, picture] of sheets) {
  test(`${title} leaves no trace`, t => {
    const seen = preprocess(picture);
    t.truthy(seen);
    t.true(meanDifference(seen!, clean) < tolerance, `${meanDifference(seen!, clean)}`);
  });
}

test('a stroke from edge to edge is not a band', t => {
  const values = new Float32Array(30 * 30).map((_, i) => (i % 30 >= 12 && i % 30 < 18 ? 255 : 0));
  const plane = { width: 30, height: 30, values };
  const input = withBorderStats(plane);
  t.is(levelBackgroundBands(input), input);
});

const photographWidth = 211;
const photographHeight = 157;

/** Light on a sheet at x and y in 0…1, as a fraction of full light. */
type Light = (x: number, y: number) => number;

/** The 7 in one corner of a photographed sheet, in grain of ±3 levels. */
function photograph(light: Light, { paper = 230, ink = 70, grain = 3 } = {}) {
  return greyPicture(photographWidth, photographHeight, (x, y) => {
    const isInk = insideSeven((x + 0.5 - 120) / 70, (y + 0.5 - 20) / 70);
    const noise = ((x * 7919 + y * 104_729) % (2 * grain + 1)) - grain;
    return (isInk ? ink : paper) * light(x / photographWidth, y / photographHeight) + noise;
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

const emptySheets: Record<string, (x: number, y: number) => number> = {
  'with a soft stain': (x, y) => 255 - 20 * Math.exp(-((x - 30) ** 2 + (y - 25) ** 2) / 150),
  'with a faint shadow over a quarter': x => (x < 16 ? 238 : 255),
  'with faint dust': (x, y) => ((x * 7919 + y * 104_729) % 97 === 0 ? 235 : 255),
  'with noise that is clipped at white': (x, y) => 248 + Math.min(7, (x * 7919 + y * 104_729) % 23),
};

for (const [title, light] of Object.entries(emptySheets)) {
  test(`an empty sheet ${title} is blank`, t => {
    t.is(preprocess(greyPicture(64, 57, light)), undefined);
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
  const halves = greyPicture(photographWidth, photographHeight, x => (x < 100 ? 40 : 200));
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

/** A nine that fills its picture; most of the border is ink. */
const filledNine = [
  '   ##########   ',
  '  ############  ',
  ' ####     ##### ',
  ' ############## ',
  '   ######### ###',
  '             ###',
  '              ##',
  '              ##',
  '#             ##',
  '#             ##',
  '#             ##',
  '##            ##',
  '##           ###',
  '####       #### ',
  '############### ',
  ' #############  ',
] as const;

for (const [name, ink, paper] of [
  ['light on dark', 255, 0],
  ['dark on light', 20, 235],
] as const) {
  test(`a small digit ${name} that fills its picture comes out as with a margin`, t => {
    const withMargin = (margin: number) =>
      greyPicture(16 + 2 * margin, 16 + 2 * margin, (x, y) =>
        filledNine[y - margin]?.[x - margin] === '#' ? ink : paper,
      );
    const filled = withMargin(0);
    const border = Array.from(filled.data).filter(
      (_, i) => i % 16 === 0 || i % 16 === 15 || i < 16 || i >= 240,
    );
    t.true(border.filter(value => value === ink).length > border.length / 2);
    t.true(difference(filled, withMargin(4)) < 0.001);
  });
}
