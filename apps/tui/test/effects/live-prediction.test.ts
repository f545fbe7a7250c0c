import test from 'ava';
import { startLivePrediction } from '../../src/effects/live-prediction.ts';
import type { Action } from '../../src/state/action.ts';
import { rasterOf, type State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };
const continuedTo = (x: number): Action => ({ type: 'stroke-continued', to: [x, 5.5], timeMs: 1 });

/** Counts the requests; `answer` responds to the one in flight and lets the interval pass. */
function setUp(parts: Partial<State> = {}) {
  const store = createStore(exampleState({ service: connectedService, ...parts }));
  const asked: unknown[] = [];
  let wake = () => {};
  startLivePrediction(store, {
    requestPrediction() {
      const raster = rasterOf(store.getState());
      asked.push(raster);
      store.dispatch({ type: 'prediction-requested', raster });
    },
    startTimer(rested) {
      wake = rested;
    },
  });
  const answerAtOnce = () => {
    const raster = store.getState().pendingRaster;
    if (raster !== undefined) {
      store.dispatch({ type: 'prediction-received', raster, prediction: sevenPrediction });
    }
  };
  const rest = () => wake();
  const answer = () => {
    answerAtOnce();
    rest();
  };
  return { store, asked, answerAtOnce, rest, answer };
}

test('the first ink is predicted, and no request follows before the response', t => {
  const { store, asked } = setUp();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  store.dispatch(continuedTo(11));
  t.is(asked.length, 1);
});

test('after the response the newest drawing is predicted, and then nothing more', t => {
  const { store, asked, answer } = setUp();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  store.dispatch(continuedTo(11));
  answer();
  t.is(asked.length, 2);
  t.is(asked[1], rasterOf(store.getState()));
  answer();
  t.is(asked.length, 2);
});

test('after an immediate response the next request waits for the interval', t => {
  const { store, asked, answerAtOnce, rest } = setUp();
  store.dispatch(began);
  answerAtOnce();
  store.dispatch(continuedTo(7));
  store.dispatch(continuedTo(11));
  t.is(asked.length, 1);
  rest();
  t.is(asked.length, 2);
  t.is(asked[1], rasterOf(store.getState()));
});

test('an interval that ends before the response requests nothing', t => {
  const { store, asked, rest, answerAtOnce } = setUp();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  rest();
  t.is(asked.length, 1);
  answerAtOnce();
  t.is(asked.length, 2);
});

test('a failed request is not repeated before the drawing changes', t => {
  const { store, asked, rest } = setUp();
  store.dispatch(began);
  const raster = rasterOf(store.getState());
  store.dispatch({ type: 'prediction-failed', raster, why: 'gone' });
  rest();
  t.is(asked.length, 1);
  store.dispatch(continuedTo(7));
  t.is(asked.length, 2);
});

test('nothing is requested for a blank drawing, without a service, or with live prediction off', t => {
  const blank = setUp();
  blank.store.dispatch({ type: 'tool-toggled' });
  t.is(blank.asked.length, 0);
  const alone = setUp({ service: { status: 'starting', origin: 'embedded' } });
  alone.store.dispatch(began);
  t.is(alone.asked.length, 0);
  alone.store.dispatch({ type: 'service-changed', service: connectedService });
  t.is(alone.asked.length, 1);
  const quiet = setUp();
  quiet.store.dispatch({ type: 'settings-changed', settings: { isLive: false } });
  quiet.store.dispatch(began);
  t.is(quiet.asked.length, 0);
});

test('a prediction without an explanation is requested again when one is needed', t => {
  const { store, asked, answer } = setUp();
  store.dispatch(began);
  answer();
  store.dispatch({ type: 'explanation-toggled' });
  t.is(asked.length, 2);
});
