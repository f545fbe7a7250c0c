import test from 'ava';
import { prepareDrawings } from '../../../src/data/prepare-samples.ts';
import { outlierLabel, type Samples } from '../../../src/data/samples.ts';
import type { RecordedDrawing } from '../../../src/data/strokes.ts';
import { trainingStyles } from '../../../src/data/synthesis/families/style-families.ts';
import { render } from '../../../src/data/synthesis/rendering/render.ts';
import type { SynthesisPurpose } from '../../../src/data/synthesis/synthesis-purpose.ts';
import {
  planSynthesis,
  type SynthesisRecipe,
  type SynthesisSources,
} from '../../../src/data/synthesis/synthesize.ts';
import { brush, one, seven, zero } from './drawings.ts';

const style = {
  side: 28,
  size: 20,
  centre: [14, 14],
  radius: 1.2,
  grid: 'none',
  isSoft: true,
} as const;

const digits = [
  [zero, 0],
  [one, 1],
  [seven, 7],
] as const;

const images = prepareDrawings(
  digits.map(([drawing, label]) => ({ picture: render(drawing, style, brush), label })),
);

/** Two sevens and a letter like a cross. */
const recordings: readonly RecordedDrawing[] = [
  { label: 7, writer: 'a', strokes: seven },
  {
    label: undefined,
    writer: 'a',
    strokes: [
      [
        [0.2, 0.2],
        [0.8, 0.8],
      ],
      [
        [0.8, 0.2],
        [0.2, 0.8],
      ],
    ],
  },
  { label: 7, writer: 'b', strokes: seven },
];

const recipe: SynthesisRecipe = {
  images: 1,
  restroked: 7,
  synthetic: 0,
  degraded: 0,
  recorded: 11,
  pictures: 0,
  outliers: 0.5,
};

/** The samples drawn, their planned number, and the progress yielded. */
function draw(
  changes: Partial<SynthesisRecipe> = {},
  {
    seed = 1,
    purpose = 'training' as SynthesisPurpose,
    sources = {} as Partial<SynthesisSources>,
  } = {},
): { samples: Samples; count: number; progress: number[] } {
  const progress: number[] = [];
  const all = { images, recordings, brush, ...sources };
  const { count, draw } = planSynthesis(all, { ...recipe, ...changes }, seed, purpose);
  const drawing = draw();
  for (;;) {
    const step = drawing.next();
    if (step.done) return { samples: step.value, count, progress };
    progress.push(step.value);
  }
}

/** How many samples have each label. */
function countsOf({ labels }: Samples): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

test('the same seed gives the same bytes; another seed and validation give others', t => {
  const { samples } = draw();
  t.deepEqual(draw().samples, samples);
  t.notDeepEqual(draw({}, { seed: 2 }).samples.inputs, samples.inputs);
  t.notDeepEqual(draw({}, { purpose: 'validation' }).samples.inputs, samples.inputs);
});

test('every image is restroked as often as the recipe says, with its own label', t => {
  const { samples } = draw({ recorded: 0, outliers: 0 });
  t.deepEqual(countsOf(samples), { 0: 7, 1: 7, 7: 7 });
  t.is(
    new Set(
      Array.from({ length: 21 }, (_, i) => samples.inputs.slice(784 * i, 784 * (i + 1)).join()),
    ).size,
    21,
  );
});

test('a factor below one restrokes a fraction of the images', t => {
  t.deepEqual(countsOf(draw({ restroked: 0.67, recorded: 0, outliers: 0 }).samples), {
    0: 1,
    1: 1,
  });
});

test('every recording is drawn as often as the recipe says; letters are outliers', t => {
  const { samples } = draw({ restroked: 0, outliers: 0 });
  t.deepEqual(countsOf(samples), { 7: 22, [outlierLabel]: 11 });
});

test('outliers are a fraction of all other pictures, except those that come out blank', t => {
  const { samples } = draw({ restroked: 0, recorded: 0, outliers: 100 });
  const count = countsOf(samples)[outlierLabel]!;
  t.is(count, samples.count);
  t.true(count <= 300 && count > 240, `${count}`);
});

test('each kind is drawn independently of the others', t => {
  const whole = draw().samples;
  const restroked = draw({ recorded: 0, outliers: 0 }).samples;
  t.deepEqual(whole.inputs.subarray(0, restroked.inputs.length), restroked.inputs);
});

test('synthetic digits have the styles in rotation, whichever classes the images have', t => {
  const synthetic = (2 * trainingStyles.length) / images.count;
  const { samples } = draw({ restroked: 0, recorded: 0, outliers: 0, synthetic, degraded: 0 });
  const counts = countsOf(samples);
  for (let label = 0; label < 10; label++) {
    const styles = trainingStyles.filter(family => family.label === label).length;
    t.is(counts[label], 2 * styles, `${label}`);
  }
});

test('synthetic digits do not change what is drawn from images and recordings', t => {
  const without = draw({ outliers: 0 }).samples;
  const { samples } = draw({ outliers: 0, synthetic: 7 });
  t.is(samples.count, without.count + 21);
  t.deepEqual(samples.inputs.subarray(0, without.inputs.length), without.inputs);
});

/** Four bilevel pictures of 10×10; picture i has i + 1 more rows of ink. */
const pictures = {
  name: 'bars',
  count: 4,
  rows: 10,
  columns: 10,
  pixels: Uint8Array.from({ length: 400 }, (_, i) =>
    i % 10 === 5 && Math.floor(i / 10) % 10 < 5 + Math.floor(i / 100) ? 255 : 0,
  ),
  labels: Uint8Array.of(1, 4, 1, 9),
};

test('further pictures are used as often as the recipe says, and change no other', t => {
  const without = draw({ outliers: 0 }).samples;
  const sources = { pictures: [pictures] };
  const { samples } = draw({ outliers: 0, pictures: 2 }, { sources });
  t.deepEqual(samples.inputs.subarray(0, without.inputs.length), without.inputs);
  const added = samples.labels.subarray(without.count);
  t.deepEqual([...added], [1, 1, 4, 4, 1, 1, 9, 9]);
  const none = { restroked: 0, recorded: 0, outliers: 0 };
  const half = draw({ ...none, pictures: 0.5 }, { sources }).samples;
  t.deepEqual([...half.labels], [1, 1]);
  t.notDeepEqual(half.inputs.subarray(0, 784), half.inputs.subarray(784));
});

test('an empty recipe draws nothing', t => {
  const { samples, progress } = draw({ restroked: 0, recorded: 0, outliers: 0 });
  t.like(samples, { count: 0, size: 784 });
  t.deepEqual(progress, []);
});

test('without recordings, rows of digits use the images’ skeletons', t => {
  const { samples } = draw({ restroked: 0 }, { sources: { recordings: [] } });
  t.true(samples.count > 0);
});

test('an image too faint to trace is not restroked', t => {
  const inputs = images.inputs.slice();
  inputs.fill(0, 0, 784);
  const { samples } = draw(
    { recorded: 0, outliers: 0 },
    { sources: { images: { ...images, inputs } } },
  );
  t.deepEqual(countsOf(samples), { 1: 7, 7: 7 });
});

test('the number of pictures is known in advance, and each chunk is reported with its own', t => {
  const { count, progress } = draw({ restroked: 100 });
  t.true(progress.length > 2);
  t.is(
    progress.reduce((sum, one) => sum + one),
    count,
  );
});
