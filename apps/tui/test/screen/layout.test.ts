import test from 'ava';
import {
  CANVAS,
  cellOf,
  isLargeEnough,
  isOnCanvas,
  NEEDED,
  pointAt,
} from '../../src/screen/layout.ts';

test('80×24 is large enough, and so is the least that is asked for', t => {
  t.true(isLargeEnough({ columns: 80, rows: 24 }));
  t.true(isLargeEnough(NEEDED));
});

test('one column or one row less is not', t => {
  t.false(isLargeEnough({ ...NEEDED, columns: NEEDED.columns - 1 }));
  t.false(isLargeEnough({ ...NEEDED, rows: NEEDED.rows - 1 }));
});

test('the canvas has 28 columns and 14 rows', t => {
  t.is(CANVAS.columns, 28);
  t.is(CANVAS.rows, 14);
});

test('the cells of the canvas are on it and their neighbours are not', t => {
  const { left, top, columns, rows } = CANVAS;
  t.true(isOnCanvas({ column: left, row: top }));
  t.true(isOnCanvas({ column: left + columns - 1, row: top + rows - 1 }));
  t.false(isOnCanvas({ column: left - 1, row: top }));
  t.false(isOnCanvas({ column: left, row: top - 1 }));
  t.false(isOnCanvas({ column: left + columns, row: top }));
  t.false(isOnCanvas({ column: left, row: top + rows }));
});

test('a cell points at the middle of its two pixels', t => {
  t.deepEqual(pointAt({ column: CANVAS.left, row: CANVAS.top }), [0.5, 1]);
  t.deepEqual(pointAt({ column: CANVAS.left + 27, row: CANVAS.top + 13 }), [27.5, 27]);
});

test('a cell beside the canvas points beside the surface', t => {
  t.deepEqual(pointAt({ column: CANVAS.left - 1, row: CANVAS.top - 1 }), [-0.5, -1]);
});

test('every pixel is shown by a cell of the canvas that points at it', t => {
  for (let y = 0; y < 28; y++) {
    for (let x = 0; x < 28; x++) {
      const [px, py] = pointAt(cellOf(x, y));
      t.is(px, x + 0.5);
      t.true(Math.abs(py - (y + 0.5)) === 0.5);
    }
  }
});
