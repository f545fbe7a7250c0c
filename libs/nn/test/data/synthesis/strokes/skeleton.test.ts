import test from 'ava';
import { rasterize } from '../../../../src/data/synthesis/rendering/rasterize.ts';
import { traceSkeleton } from '../../../../src/data/synthesis/strokes/skeleton.ts';
import { boundingBoxOf, mapPoints } from '../../../../src/data/synthesis/strokes/transform.ts';
import { distanceTo, one, seven, zero } from '../drawings.ts';

const pen = { radius: 1.2, isSoft: true } as const;

for (const [name, drawing] of Object.entries({ zero, one, seven })) {
  const path = mapPoints(drawing, (x, y) => [28 * x, 28 * y]);
  const skeleton = traceSkeleton(rasterize(path, 28, pen), 28);

  test(`the skeleton of a ${name} lies on the pen's path`, t => {
    for (const point of skeleton.flat()) {
      const distance = distanceTo(path, point);
      t.true(distance < 1, `${point}: ${distance}`);
    }
  });

  test(`the pen's path of a ${name} lies on its skeleton, except for its ends`, t => {
    for (const point of path.flat()) {
      const distance = distanceTo(skeleton, point);
      t.true(distance < 2 * pen.radius, `${point}: ${distance}`);
    }
    const [drawn, found] = [boundingBoxOf(path), boundingBoxOf(skeleton)];
    t.true(Math.abs(found.height - drawn.height) < 2 * pen.radius);
  });
}

test('a ring is one stroke that ends where it began', t => {
  const path = mapPoints(zero, (x, y) => [28 * x, 28 * y]);
  const skeleton = traceSkeleton(rasterize(path, 28, pen), 28);
  t.is(skeleton.length, 1);
  t.deepEqual(skeleton[0]!.at(0), skeleton[0]!.at(-1));
});

test('a fork is strokes that meet in a point', t => {
  const y = [
    [
      [5, 5],
      [14, 14],
    ],
    [
      [23, 5],
      [14, 14],
    ],
    [
      [14, 14],
      [14, 24],
    ],
  ] as const;
  const skeleton = traceSkeleton(rasterize(y, 28, pen), 28).filter(stroke => stroke.length > 3);
  t.is(skeleton.length, 3);
  const ends = skeleton.flatMap(stroke => [stroke.at(0)!, stroke.at(-1)!]);
  t.is(ends.filter(end => distanceTo([[end]], [14, 14]) < 1.5).length, 3);
});

test('a blank or faint image has no skeleton', t => {
  t.deepEqual(traceSkeleton(new Uint8Array(784), 28), []);
  t.deepEqual(traceSkeleton(new Uint8Array(784).fill(120), 28), []);
});

test('an image full of ink is thinned to strokes inside it', t => {
  const points = traceSkeleton(new Uint8Array(784).fill(255), 28).flat();
  t.true(points.every(([x, y]) => x > 0 && y > 0 && x < 28 && y < 28));
});
