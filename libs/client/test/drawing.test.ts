// Actions on the drawing.

import {
  blankDocument,
  defaultBrush,
  drawingOfPicture,
  drawStrokes,
  inkAt,
  isBlank,
  type Raster,
} from '@digits/canvas';
import test from 'ava';
import {
  brushRadii,
  type DrawingAction,
  type DrawingState,
  rasterOf,
  reduceDrawing,
  toolText,
} from '../src/index.ts';

const start: DrawingState = {
  document: blankDocument(),
  tool: 'pen',
  radius: defaultBrush.radius,
  pen: { x: 14, y: 14, isDown: false, isShown: false },
};

const toggle: DrawingAction = { type: 'pen-toggled', timeMs: 0 };
const right: DrawingAction = { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 };

const after = (...actions: readonly DrawingAction[]): DrawingState =>
  actions.reduce<DrawingState>(reduceDrawing, start);
const rasterAfter = (...actions: readonly DrawingAction[]): Raster => rasterOf(after(...actions));

const began = (x: number, y: number): DrawingAction => ({
  type: 'stroke-began',
  at: [x, y],
  timeMs: 0,
});
const continued = (x: number, y: number): DrawingAction => ({
  type: 'stroke-continued',
  to: [x, y],
  timeMs: 1,
});
const ended: DrawingAction = { type: 'stroke-ended' };

test('a stroke is drawn through its samples', t => {
  t.deepEqual(
    rasterAfter(began(3, 5), continued(23, 5), continued(11, 19), ended),
    drawStrokes([
      [
        [3, 5],
        [23, 5],
        [11, 19],
      ],
    ]),
  );
});

test('pressing the button draws a dot at once', t => {
  t.deepEqual(rasterAfter(began(3, 5)), drawStrokes([[[3, 5]]]));
});

test('motion without a stroke draws nothing and changes nothing', t => {
  t.is(after(continued(3, 5)), start);
  t.is(after(ended), start);
});

test('the next stroke is not connected to the one before', t => {
  t.is(inkAt(rasterAfter(began(3, 3), ended, began(23, 3)), 13, 3), 0);
});

test('the eraser removes ink, as the current tool or by the mouse button', t => {
  const line = [began(3, 5), continued(23, 5), ended];
  t.is(inkAt(rasterAfter(...line, { type: 'tool-toggled' }, began(11.5, 5.5)), 11, 5), 0);
  const byButton: DrawingAction = {
    type: 'stroke-began',
    tool: 'eraser',
    at: [11.5, 5.5],
    timeMs: 0,
  };
  const state = after(...line, byButton, ended);
  t.is(inkAt(rasterOf(state), 11, 5), 0);
  t.is(state.tool, 'pen');
});

test('the default brush has one of the radii to choose from', t => {
  t.true((brushRadii as readonly number[]).includes(defaultBrush.radius));
});

test('a wider brush draws wider lines, up to a maximum', t => {
  const wider: DrawingAction = { type: 'brush-changed', steps: 1 };
  t.true(inkAt(rasterAfter(wider, wider, began(11.5, 5.5)), 13, 5) > 0);
  t.is(after(...Array<DrawingAction>(99).fill(wider)).radius, 5);
  t.is(after({ type: 'brush-changed', steps: -99 }).radius, 0.6);
});

test('a stroke of many samples is undone and redone as one', t => {
  const drawn = after(began(3, 5), continued(11, 5), continued(23, 5), ended);
  const undone = reduceDrawing(drawn, { type: 'undone' });
  t.true(isBlank(rasterOf(undone)));
  t.is(rasterOf(reduceDrawing(undone, { type: 'redone' })), rasterOf(drawn));
});

test('clearing, shifting and inverting can be undone', t => {
  const drawn = after(began(3, 5), ended);
  const changes: readonly DrawingAction[] = [
    { type: 'cleared' },
    { type: 'shifted', dx: 2, dy: 0 },
    { type: 'inverted' },
    { type: 'drawing-loaded', drawing: drawingOfPicture(drawStrokes([[[7, 7]]])) },
  ];
  for (const change of changes) {
    const changed = reduceDrawing(drawn, change);
    t.not(rasterOf(changed), rasterOf(drawn));
    t.is(rasterOf(reduceDrawing(changed, { type: 'undone' })), rasterOf(drawn));
  }
});

test('the pen moves without drawing while it is up', t => {
  const state = after({ type: 'pen-moved', dx: 1, dy: -1, timeMs: 0 });
  t.like(state.pen, { x: 15, y: 13, isShown: true, isDown: false });
  t.true(isBlank(rasterOf(state)));
});

test('putting the pen down draws a dot, and moving it a line, as one gesture', t => {
  t.deepEqual(rasterAfter(toggle), drawStrokes([[[14.5, 14.5]]]));
  const drawn = after(toggle, right, right, toggle, right);
  t.deepEqual(
    rasterOf(drawn),
    drawStrokes([
      [
        [14.5, 14.5],
        [16.5, 14.5],
      ],
    ]),
  );
  t.true(isBlank(rasterOf(reduceDrawing(drawn, { type: 'undone' }))));
});

test('the pen stays within the drawing', t => {
  t.like(after({ type: 'pen-moved', dx: -99, dy: 99, timeMs: 0 }).pen, { x: 0, y: 27 });
});

test('the mouse moves the keyboard’s pen too and lifts it', t => {
  const state = after(toggle, began(5.5, 9), continued(11.5, 99));
  t.like(state.pen, { x: 11, y: 27, isDown: false, isShown: false });
});

test('a stray mouse motion does not move the keyboard’s pen while it is down', t => {
  const drawn = after(toggle);
  t.is(reduceDrawing(drawn, continued(3, 3)), drawn);
  t.is(reduceDrawing(drawn, ended), drawn);
});

test('the tool is named with its brush, and with the place of a pen that keys move', t => {
  t.is(toolText(start), 'Pen, brush 1.2');
  t.is(
    toolText(after({ type: 'tool-toggled' }, right)),
    'Eraser, brush 1.2, up at column 16, row 15',
  );
});
