import test from 'ava';
import { prepareDrawings } from '../../src/data/prepare-samples.ts';
import { outlierLabel } from '../../src/data/samples.ts';
import { paint } from '../../src/data/synthesis/rendering/paint.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';

/** A line across, with a pen so thick. */
function line(radius: number) {
  const data = paint(
    [
      [
        [10, 9],
        [31, 40],
      ],
    ],
    47,
    { radius, isSoft: true },
  );
  return { width: 47, height: 47, channels: 1, data } as const;
}

const blank = { width: 3, height: 5, channels: 1, data: new Uint8Array(15) } as const;

test('pictures become what the network sees of them, and what is no digit gets a label for it', t => {
  const samples = prepareDrawings([
    { picture: line(2), label: 1 },
    { picture: line(5), label: null },
  ]);
  t.like(samples, { count: 2, size: 784, labels: Uint8Array.of(1, outlierLabel) });
  const expected = [line(2), line(5)].flatMap(picture =>
    [...preprocess(picture)!].map(value => Math.round(255 * value)),
  );
  t.deepEqual([...samples.inputs], expected);
});

test('blank pictures are left out', t => {
  const samples = prepareDrawings([
    { picture: blank, label: 3 },
    { picture: line(2), label: 7 },
    { picture: blank, label: null },
  ]);
  t.deepEqual([...samples.labels], [7]);
  t.is(samples.inputs.length, 784);
});

test('no pictures are no samples', t => {
  t.like(prepareDrawings([]), { count: 0, size: 784 });
});
