import test from 'ava';
import { actionsOf } from '../../src/input/pointing.ts';
import type { MouseEvent } from '../../src/terminal/mouse-report.ts';

const WINDOW = { columns: 80, rows: 24 };
const TIME = 17;
const KEYS = { shift: false, alt: false, ctrl: false };
/** The cell of column 11 and pixel rows 10 and 11: the canvas begins at column 1, row 2. */
const ON_CANVAS = { x: 1 + 11, y: 2 + 5, ...KEYS };
const POINT = [11.5, 11] as const;
const BESIDE = { x: 40, y: 5, ...KEYS };

const actions = (event: MouseEvent, window = WINDOW) => actionsOf(event, window, TIME);

test('pressing the left button on the canvas begins a stroke in the middle of the cell', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...ON_CANVAS }), [
    { type: 'stroke-began', at: POINT, timeMs: TIME },
  ]);
});

test('the right button erases', t => {
  t.deepEqual(actions({ type: 'press', button: 'right', ...ON_CANVAS }), [
    { type: 'stroke-began', tool: 'eraser', at: POINT, timeMs: TIME },
  ]);
  t.deepEqual(actions({ type: 'motion', button: 'right', ...ON_CANVAS }), [
    { type: 'stroke-continued', to: POINT, timeMs: TIME },
  ]);
});

test('the wheel changes the brush', t => {
  const wheel = { type: 'wheel', button: 'none', ...BESIDE } as const;
  t.deepEqual(actions({ ...wheel, direction: 'up' }), [{ type: 'brush-changed', steps: 1 }]);
  t.deepEqual(actions({ ...wheel, direction: 'down' }), [{ type: 'brush-changed', steps: -1 }]);
});

test('pressing beside the canvas begins nothing, and ends a stroke whose release was lost', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...BESIDE }), [{ type: 'stroke-ended' }]);
});

test('a stroke goes on where the mouse goes, beside the canvas too', t => {
  t.deepEqual(actions({ type: 'motion', button: 'left', ...BESIDE }), [
    { type: 'stroke-continued', to: [39.5, 7], timeMs: TIME },
  ]);
});

test('releasing the button draws up to that cell and ends the stroke', t => {
  t.deepEqual(actions({ type: 'release', button: 'left', ...ON_CANVAS }), [
    { type: 'stroke-continued', to: POINT, timeMs: TIME },
    { type: 'stroke-ended' },
  ]);
});

test('a terminal that tells pixels draws between the middles of cells', t => {
  const place = { ...ON_CANVAS, x: 12.25, y: 7.75 };
  t.deepEqual(actions({ type: 'press', button: 'left', ...place }), [
    { type: 'stroke-began', at: [11.25, 11.5], timeMs: TIME },
  ]);
});

test('other buttons draw nothing', t => {
  t.deepEqual(actions({ type: 'press', button: 'middle', ...ON_CANVAS }), []);
  t.deepEqual(actions({ type: 'motion', button: 'none', ...ON_CANVAS }), []);
});

test('in a window that shows no canvas a stroke ends and none begins', t => {
  const window = { columns: 20, rows: 19 };
  for (const type of ['press', 'motion', 'release'] as const) {
    t.deepEqual(actions({ type, button: 'left', ...ON_CANVAS }, window), [
      { type: 'stroke-ended' },
    ]);
  }
});
