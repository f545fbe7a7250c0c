import test from 'ava';
import { startLivePrediction } from '../../src/effects/live-prediction.ts';
import type { Action } from '../../src/state/action.ts';
import { rasterOf, type State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };
const continuedTo = (x: number): Action => ({ type: 'stroke-continued', to: [x, 5.5], timeMs: 1 });

/** Counts the questions; `answer` answers the one in flight, and lets the rest after it pass. */
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

test('the first ink is asked about, and nothing more until its answer is there', t => {
  const { store, asked } = setUp();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  store.dispatch(continuedTo(11));
  t.is(asked.length, 1);
});

test('with the answer the newest drawing is asked about, and then no more', t => {
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

test('an answer that comes at once is not followed by a question before there was a rest', t => {
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

test('a rest that passes before the answer asks nothing', t => {
  const { store, asked, rest, answerAtOnce } = setUp();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  rest();
  t.is(asked.length, 1);
  answerAtOnce();
  t.is(asked.length, 2);
});

test('a question that failed is not repeated before the drawing changes', t => {
  const { store, asked, rest } = setUp();
  store.dispatch(began);
  const raster = rasterOf(store.getState());
  store.dispatch({ type: 'prediction-failed', raster, why: 'gone' });
  rest();
  t.is(asked.length, 1);
  store.dispatch(continuedTo(7));
  t.is(asked.length, 2);
});

test('nothing is asked about bare paper, without a service, or by whoever does not want it', t => {
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

test('an answer without an explanation is asked for anew when one is wanted', t => {
  const { store, asked, answer } = setUp();
  store.dispatch(began);
  answer();
  store.dispatch({ type: 'explanation-toggled' });
  t.is(asked.length, 2);
});
