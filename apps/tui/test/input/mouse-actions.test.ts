import test from 'ava';
import { mouseActions } from '../../src/input/mouse-actions.ts';
import type { MouseEvent } from '../../src/terminal/mouse-report.ts';

const smallWindow = { columns: 80, rows: 24 };
const time = 17;
const keys = { shift: false, alt: false, ctrl: false };
/** The cell of column 11 and pixel rows 10 and 11: the canvas begins at column 1, row 2. */
const onCanvas = { x: 1 + 11, y: 2 + 5, ...keys };
const point = [11.5, 11] as const;
const beside = { x: 40, y: 5, ...keys };

const actions = (event: MouseEvent, window = smallWindow) => mouseActions(event, window, time);

test('the left button begins a stroke at the centre of the cell', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...onCanvas }), [
    { type: 'stroke-began', at: point, timeMs: time },
  ]);
});

test('the right button erases', t => {
  t.deepEqual(actions({ type: 'press', button: 'right', ...onCanvas }), [
    { type: 'stroke-began', tool: 'eraser', at: point, timeMs: time },
  ]);
  t.deepEqual(actions({ type: 'motion', button: 'right', ...onCanvas }), [
    { type: 'stroke-continued', to: point, timeMs: time },
  ]);
});

test('the wheel changes the brush', t => {
  const wheel = { type: 'wheel', button: 'none', ...beside } as const;
  t.deepEqual(actions({ ...wheel, direction: 'up' }), [{ type: 'brush-changed', steps: 1 }]);
  t.deepEqual(actions({ ...wheel, direction: 'down' }), [{ type: 'brush-changed', steps: -1 }]);
});

test('a press beside the canvas ends a stroke whose release was lost', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...beside }), [{ type: 'stroke-ended' }]);
});

test('a stroke continues beside the canvas', t => {
  t.deepEqual(actions({ type: 'motion', button: 'left', ...beside }), [
    { type: 'stroke-continued', to: [39.5, 7], timeMs: time },
  ]);
});

test('a release draws up to its cell and ends the stroke', t => {
  t.deepEqual(actions({ type: 'release', button: 'left', ...onCanvas }), [
    { type: 'stroke-continued', to: point, timeMs: time },
    { type: 'stroke-ended' },
  ]);
});

test('a terminal that reports pixels draws between the centres of cells', t => {
  const place = { ...onCanvas, x: 12.25, y: 7.75 };
  t.deepEqual(actions({ type: 'press', button: 'left', ...place }), [
    { type: 'stroke-began', at: [11.25, 11.5], timeMs: time },
  ]);
});

test('other buttons draw nothing', t => {
  t.deepEqual(actions({ type: 'press', button: 'middle', ...onCanvas }), []);
  t.deepEqual(actions({ type: 'motion', button: 'none', ...onCanvas }), []);
});

test('in a window that is too small strokes end and none begin', t => {
  const window = { columns: 20, rows: 19 };
  for (const type of ['press', 'motion', 'release'] as const) {
    t.deepEqual(actions({ type, button: 'left', ...onCanvas }, window), [{ type: 'stroke-ended' }]);
  }
});
