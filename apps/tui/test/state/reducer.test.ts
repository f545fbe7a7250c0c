import { drawStrokes, inkAt, isBlank, type Raster } from '@digits/canvas';
import test from 'ava';
import type { Action } from '../../src/state/action.ts';
import { reduce } from '../../src/state/reducer.ts';
import { initialState, type State } from '../../src/state/state.ts';
import { SEVEN_PREDICTION } from '../fake-service.ts';

const START = initialState({ columns: 80, rows: 24 }, { kind: 'starting', missing: undefined });

const after = (...actions: readonly Action[]): State => actions.reduce(reduce, START);
const answered = (raster: Raster): Action => ({
  type: 'answered',
  raster,
  prediction: SEVEN_PREDICTION,
});

test('a stroke is drawn from sample to sample', t => {
  const { raster } = after(
    { type: 'stroke-began', at: [3, 5] },
    { type: 'stroke-continued', to: [23, 5] },
    { type: 'stroke-continued', to: [11, 19] },
    { type: 'stroke-ended' },
  );
  t.deepEqual(
    raster,
    drawStrokes([
      [
        [3, 5],
        [23, 5],
        [11, 19],
      ],
    ]),
  );
});

test('pressing the button leaves a dot at once', t => {
  t.deepEqual(after({ type: 'stroke-began', at: [3, 5] }).raster, drawStrokes([[[3, 5]]]));
});

test('motion without a stroke draws nothing and changes nothing', t => {
  t.is(after({ type: 'stroke-continued', to: [3, 5] }), START);
  t.is(after({ type: 'stroke-ended' }), START);
});

test('after a stroke the next one begins where it is put down', t => {
  const { raster } = after(
    { type: 'stroke-began', at: [3, 3] },
    { type: 'stroke-ended' },
    { type: 'stroke-began', at: [23, 3] },
  );
  t.is(inkAt(raster, 13, 3), 0);
});

test('the pen moves without drawing while it is up', t => {
  const { pen, raster } = after({ type: 'pen-moved', dx: 1, dy: -1 });
  t.like(pen, { x: 15, y: 13, isShown: true, isDown: false });
  t.true(isBlank(raster));
});

test('putting the pen down leaves a dot, and moving it a line', t => {
  const right: Action = { type: 'pen-moved', dx: 1, dy: 0 };
  t.deepEqual(after({ type: 'pen-toggled' }).raster, drawStrokes([[[14.5, 14.5]]]));
  t.deepEqual(
    after({ type: 'pen-toggled' }, right, right, { type: 'pen-toggled' }, right).raster,
    drawStrokes([
      [
        [14.5, 14.5],
        [16.5, 14.5],
      ],
    ]),
  );
});

test('the pen stays on the surface', t => {
  t.like(after({ type: 'pen-moved', dx: -99, dy: 99 }).pen, { x: 0, y: 27 });
});

test('the mouse takes the pen from the keyboard, which goes on from where it is left', t => {
  const state = after(
    { type: 'pen-toggled' },
    { type: 'stroke-began', at: [5.5, 9] },
    { type: 'stroke-continued', to: [11.5, 99] },
  );
  t.like(state.pen, { x: 11, y: 27, isDown: false, isShown: false });
});

test('an answer belongs to the drawing that was asked about', t => {
  const drawn = after({ type: 'pen-toggled' });
  const asked = reduce(drawn, { type: 'asked', raster: drawn.raster });
  const state = reduce(asked, answered(drawn.raster));
  t.is(state.asked, undefined);
  t.is(state.answer?.raster, state.raster);
});

test('drawing on keeps the answer, about the former drawing', t => {
  const state = after({ type: 'asked', raster: START.raster }, answered(START.raster), {
    type: 'pen-toggled',
  });
  t.is(state.answer?.raster, START.raster);
  t.not(state.answer?.raster, state.raster);
});

test('the answer to an older question is dropped', t => {
  const newer = drawStrokes([[[3, 5]]]);
  const asked = after({ type: 'asked', raster: START.raster }, { type: 'asked', raster: newer });
  t.is(reduce(asked, answered(START.raster)), asked);
  t.is(reduce(asked, { type: 'ask-failed', raster: START.raster, why: 'late' }), asked);
});

test('clearing forgets the drawing, its answer, and the answer still to come', t => {
  const drawn = after({ type: 'pen-toggled' });
  const cleared = [
    { type: 'asked', raster: drawn.raster } as const,
    { type: 'cleared' } as const,
  ].reduce(reduce, drawn);
  t.true(isBlank(cleared.raster));
  t.is(reduce(cleared, answered(drawn.raster)).answer, undefined);
});

test('a failure is kept until the next question, and the drawing stays', t => {
  const drawn = after({ type: 'pen-toggled' });
  const ask: Action = { type: 'asked', raster: drawn.raster };
  const failed = [ask, { type: 'ask-failed', raster: drawn.raster, why: 'gone' } as const].reduce(
    reduce,
    drawn,
  );
  t.like(failed, { failure: 'gone', asked: undefined, raster: drawn.raster });
  t.is(reduce(failed, ask).failure, undefined);
});

test('a resize leaves the drawing as it is', t => {
  const drawn = after({ type: 'pen-toggled' });
  const state = reduce(drawn, { type: 'window-resized', window: { columns: 13, rows: 7 } });
  t.is(state.raster, drawn.raster);
  t.deepEqual(state.window, { columns: 13, rows: 7 });
});
