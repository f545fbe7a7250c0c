// Actions on predictions and notices, and the store that applies them.

import { drawStrokes, isBlank, type Raster } from '@digits/canvas';
import { rasterOf, shownPrediction } from '@digits/client';
import test from 'ava';
import type { Action } from '../../src/state/action.ts';
import { drawingMode } from '../../src/state/mode.ts';
import type { NoticeTopic } from '../../src/state/notice.ts';
import { reduce } from '../../src/state/reducer.ts';
import type { State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from './example-state.ts';

const start = exampleState();
const toggle: Action = { type: 'pen-toggled', timeMs: 0 };
const right: Action = { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 };

const after = (...actions: readonly Action[]): State => actions.reduce(reduce, start);
const received = (raster: Raster): Action => ({
  type: 'prediction-received',
  raster,
  prediction: sevenPrediction,
  isExplained: false,
});

test('a prediction belongs to the drawing that it was requested for', t => {
  const drawn = after(toggle);
  const raster = rasterOf(drawn);
  const state = reduce(reduce(drawn, { type: 'prediction-requested', raster }), received(raster));
  t.is(state.pendingRaster, undefined);
  t.is(state.predicted?.raster, rasterOf(state));
});

test('drawing on keeps the prediction of the earlier drawing', t => {
  const drawn = after(toggle);
  const raster = rasterOf(drawn);
  const state = [{ type: 'prediction-requested', raster } as const, received(raster), right].reduce(
    reduce,
    drawn,
  );
  t.is(state.predicted?.raster, raster);
  t.not(rasterOf(state), raster);
});

test('the outcome of an older request is ignored', t => {
  const [older, newer] = [drawStrokes([[[3, 5]]]), drawStrokes([[[5, 3]]])];
  const requested = after(
    { type: 'prediction-requested', raster: older },
    { type: 'prediction-requested', raster: newer },
  );
  t.is(reduce(requested, received(older)), requested);
  t.is(reduce(requested, { type: 'prediction-failed', raster: older, why: 'late' }), requested);
});

test('a blank drawing has no prediction, and ignores one still to come', t => {
  const drawn = after(toggle);
  const raster = rasterOf(drawn);
  for (const emptied of [{ type: 'cleared' }, { type: 'undone' }] as const) {
    const blank = [{ type: 'prediction-requested', raster } as const, emptied].reduce(
      reduce,
      drawn,
    );
    t.true(isBlank(rasterOf(blank)));
    t.is(reduce(blank, received(raster)).predicted, undefined);
  }
});

test('undo of a clear brings the prediction back, and another drawing begins without it', t => {
  const drawn = after(toggle);
  const raster = rasterOf(drawn);
  const cleared = [
    { type: 'prediction-requested', raster } as const,
    received(raster),
    { type: 'cleared' } as const,
  ].reduce(reduce, drawn);
  t.is(shownPrediction(cleared), undefined);
  t.is(shownPrediction(reduce(cleared, { type: 'undone' }))?.raster, raster);
  t.is(reduce(cleared, toggle).predicted, undefined);
});

test('an error is kept until the next request or service, and the drawing stays', t => {
  const drawn = after(toggle);
  const raster = rasterOf(drawn);
  const ask: Action = { type: 'prediction-requested', raster };
  const failed = [ask, { type: 'prediction-failed', raster, why: 'gone' } as const].reduce(
    reduce,
    drawn,
  );
  t.like(failed, { predictionFailure: { raster, why: 'gone' }, pendingRaster: undefined });
  t.is(rasterOf(failed), raster);
  t.is(reduce(failed, ask).predictionFailure, undefined);
  const away = { status: 'looking', origin: 'found', url: '' } as const;
  const back = [away, connectedService].map(
    service => ({ type: 'service-changed', service }) as const,
  );
  t.is(back.reduce(reduce, failed).predictionFailure, undefined);
});

test('a notice goes when the mode, practice or what it is about changes', t => {
  const shown = (about: NoticeTopic) =>
    after({ type: 'notice-shown', notice: { text: 'once', isBad: true, about } });
  const training = { type: 'training', progress: undefined, suspectLabels: undefined } as const;
  for (const [about, action] of [
    ['service', { type: 'service-changed', service: connectedService }],
    ['learning', { type: 'learning-changed', learning: training }],
    ['settings', { type: 'settings-changed', settings: { isLive: false } }],
    ['mouse', { type: 'mouse-switched', isOn: false }],
  ] as const) {
    t.is(reduce(shown(about), action).notice, undefined, about);
    const other = about === 'mouse' ? 'service' : 'mouse';
    t.is(reduce(shown(other), action).notice?.text, 'once', about);
    t.is(reduce(shown(about), { type: 'practice-began', seed: 7 }).notice, undefined);
    t.is(
      reduce(shown(about), { type: 'mode-changed', mode: { type: 'help', top: 0 } }).notice,
      undefined,
    );
  }
});

test('a notice about the service goes when it serves another model', t => {
  const notice = { text: 'seven is in use now.', isBad: false, about: 'service' } as const;
  const shown = after(
    { type: 'service-changed', service: connectedService },
    { type: 'notice-shown', notice },
  );
  const served = (version: string) =>
    reduce(shown, { type: 'model-served', model: { name: 'digits', version } }).notice?.text;
  t.is(served(connectedService.model.version), notice.text);
  t.is(served('another'), undefined);
});

test('a failed training is not hidden by an earlier notice', t => {
  const failed = after(
    { type: 'notice-shown', notice: { text: 'Saved as a 7.', isBad: false } },
    { type: 'learning-changed', learning: { type: 'failed', why: 'no disk' } },
  );
  t.is(failed.notice, undefined);
});

test('a failed training is reported until drawing is left, not in other modes', t => {
  const failed = after({ type: 'learning-changed', learning: { type: 'failed', why: 'no disk' } });
  const settings = { type: 'mode-changed', mode: { type: 'settings', row: 0 } } as const;
  t.is(reduce(failed, { type: 'stroke-ended' }).learning.type, 'failed');
  for (const action of [settings, { type: 'practice-began', seed: 7 } as const]) {
    t.is(reduce(failed, action).learning.type, 'none');
  }
  const meanwhile = reduce(after(settings), {
    type: 'learning-changed',
    learning: failed.learning,
  });
  const back = reduce(meanwhile, { type: 'mode-changed', mode: drawingMode });
  t.is(back.learning.type, 'failed', 'nothing has shown it yet');
});

test('a notice is dropped when the drawing changes', t => {
  const shown: Action = { type: 'notice-shown', notice: { text: 'saved', isBad: false } };
  t.is(after(toggle, shown).notice?.text, 'saved');
  t.is(after(toggle, shown, right).notice, undefined);
});

test('a resize does not change the drawing', t => {
  const drawn = after(toggle);
  const state = reduce(drawn, { type: 'window-resized', window: { columns: 13, rows: 7 } });
  t.is(rasterOf(state), rasterOf(drawn));
  t.deepEqual(state.window, { columns: 13, rows: 7 });
});

const penToggled = { type: 'pen-toggled', timeMs: 0 } as const;

test('listeners are called after a change until they unsubscribe', t => {
  const store = createStore(exampleState());
  const heard: boolean[] = [];
  const leave = store.subscribe(() => heard.push(store.getState().pen.isDown));
  store.dispatch(penToggled);
  leave();
  store.dispatch(penToggled);
  t.deepEqual(heard, [true]);
});

test('an action that changes nothing calls no listener', t => {
  const start = exampleState();
  const store = createStore(start);
  store.subscribe(() => t.fail());
  store.dispatch({ type: 'stroke-ended' });
  t.is(store.getState(), start);
});

test('listeners run after each action, and once for a batch that changes something', t => {
  const store = createStore(exampleState());
  let runs = 0;
  store.subscribe(() => runs++);
  store.dispatch({ type: 'tool-toggled' });
  store.dispatch({ type: 'tool-toggled' });
  t.is(runs, 2);
  store.batch(() => {
    for (let count = 0; count < 1001; count++) store.dispatch({ type: 'tool-toggled' });
    store.batch(() => store.dispatch({ type: 'brush-changed', steps: 1 }));
    t.is(store.getState().tool, 'eraser');
    t.is(runs, 2);
  });
  t.is(runs, 3);
  store.batch(() => {});
  t.is(runs, 3);
});

test('a batch that fails has notified of what it changed', t => {
  const store = createStore(exampleState());
  let runs = 0;
  store.subscribe(() => runs++);
  t.throws(() =>
    store.batch(() => {
      store.dispatch({ type: 'tool-toggled' });
      throw new Error('made for this test');
    }),
  );
  store.dispatch({ type: 'tool-toggled' });
  t.is(runs, 2);
});
