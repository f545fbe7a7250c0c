import test from 'ava';
import { removeSpecks } from '../../src/preprocess/specks.ts';

/** A plane from rows of digits, which are tenths of ink. */
function plane(...rows: readonly string[]) {
  const values = Float32Array.from([...rows.join('')], tenths => Number(tenths) / 10);
  return { width: rows[0]!.length, height: rows.length, values };
}

const empty = '0000000';
const stroke = '0999990';

test('an island of less than a fiftieth of the largest goes, and the rest stays', t => {
  const strokes = [stroke, stroke, stroke, stroke, stroke];
  const ink = plane('0000001', empty, ...strokes, empty, '3000005', empty, '1100000');
  removeSpecks(ink);
  t.deepEqual(ink, plane(empty, empty, ...strokes, empty, '0000005', empty, empty));
});

test('ink that touches at a corner is one island, at every edge of the picture', t => {
  const ink = plane('9000009', '0900091', '0099900', '0000010');
  const before = ink.values.slice();
  removeSpecks(ink);
  t.deepEqual(ink.values, before);
});

test('the two ends of neighbouring rows do not touch', t => {
  const ink = plane('9999991', '0000000', '9999900', '0000001', '1000000');
  removeSpecks(ink);
  t.is(ink.values[27], 0);
  t.is(ink.values[28], 0);
});

test('a plane without ink stays as it is', t => {
  const ink = plane(empty, empty);
  t.notThrows(() => removeSpecks(ink));
  t.deepEqual(ink, plane(empty, empty));
});
