import test from 'ava';
import { actionsOf } from '../../src/input/pointing.ts';

const WINDOW = { columns: 80, rows: 24 };
const ON_CANVAS = { column: 1 + 11, row: 2 + 5 };
const POINT = [11.5, 11] as const;
const BESIDE = { column: 40, row: 5 };

test('pressing the left button on the canvas begins a stroke in the middle of the cell', t => {
  t.deepEqual(actionsOf({ kind: 'press', button: 'left', cell: ON_CANVAS }, WINDOW), [
    { type: 'stroke-began', at: POINT },
  ]);
});

test('pressing beside the canvas begins nothing, and ends a stroke whose release was lost', t => {
  t.deepEqual(actionsOf({ kind: 'press', button: 'left', cell: BESIDE }, WINDOW), [
    { type: 'stroke-ended' },
  ]);
});

test('a stroke goes on where the mouse goes, beside the canvas too', t => {
  t.deepEqual(actionsOf({ kind: 'motion', button: 'left', cell: BESIDE }, WINDOW), [
    { type: 'stroke-continued', to: [39.5, 7] },
  ]);
});

test('releasing the button draws up to that cell and ends the stroke', t => {
  t.deepEqual(actionsOf({ kind: 'release', button: 'left', cell: ON_CANVAS }, WINDOW), [
    { type: 'stroke-continued', to: POINT },
    { type: 'stroke-ended' },
  ]);
});

test('other buttons and the wheel draw nothing', t => {
  t.deepEqual(actionsOf({ kind: 'press', button: 'right', cell: ON_CANVAS }, WINDOW), []);
  t.deepEqual(actionsOf({ kind: 'motion', button: 'none', cell: ON_CANVAS }, WINDOW), []);
  t.deepEqual(actionsOf({ kind: 'wheel', direction: 'up', cell: ON_CANVAS }, WINDOW), []);
});

test('in a window that shows no canvas a stroke ends and none begins', t => {
  const window = { columns: 20, rows: 19 };
  for (const kind of ['press', 'motion', 'release'] as const) {
    t.deepEqual(actionsOf({ kind, button: 'left', cell: ON_CANVAS }, window), [
      { type: 'stroke-ended' },
    ]);
  }
});
