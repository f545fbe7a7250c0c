import test from 'ava';
import { distanceToSegment, type Segment } from '../src/point.ts';

const across: Segment = [
  [2, 3],
  [7, 3],
];

test('beside a segment the distance is the perpendicular', t => {
  t.is(distanceToSegment([5, 14], across), 11);
});

test('beyond its ends the distance is that to the nearer end', t => {
  t.is(distanceToSegment([10, 7], across), 5);
  t.is(distanceToSegment([-1, -1], across), 5);
});

test('a segment without length is a point', t => {
  t.is(
    distanceToSegment(
      [3, 4],
      [
        [0, 0],
        [0, 0],
      ],
    ),
    5,
  );
});
