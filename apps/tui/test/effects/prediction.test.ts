// Predictions that are requested, by a key or while the user draws.

import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { startLivePrediction } from '../../src/effects/live-prediction.ts';
import { createPredictionRequester } from '../../src/effects/request-prediction.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Action } from '../../src/state/action.ts';
import type { Prediction } from '../../src/state/prediction.ts';
import { rasterOf, type State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

/** A connection whose responses the test gives, in any order. */
function setUpRequests() {
  const store = createStore(exampleState());
  const questions: (PromiseWithResolvers<Prediction> & PredictOptions)[] = [];
  const ask = createPredictionRequester({
    store,
    needsExplanation: state => state.isExplaining,
    connection: {
      predict(_, options) {
        const question = { ...Promise.withResolvers<Prediction>(), ...options };
        questions.push(question);
        return question.promise;
      },
    },
  });
  return { store, ask, questions };
}

test('the prediction becomes state', async t => {
  const { store, ask, questions } = setUpRequests();
  const asking = ask();
  t.is(store.getState().pendingRaster, rasterOf(store.getState()));
  questions[0]?.resolve(sevenPrediction);
  t.is(await asking, sevenPrediction);
  t.is(store.getState().predicted?.prediction, sevenPrediction);
  t.is(store.getState().pendingRaster, undefined);
});

test('a second request for the same drawing sends nothing and has the same result', async t => {
  const { ask, questions } = setUpRequests();
  const [first, second] = [ask(), ask()];
  t.is(questions.length, 1);
  questions[0]?.resolve(sevenPrediction);
  t.deepEqual(await Promise.all([first, second]), [sevenPrediction, sevenPrediction]);
});

test('an explanation is requested when it is shown', t => {
  const { store, ask, questions } = setUpRequests();
  void ask();
  store.dispatch({ type: 'explanation-toggled' });
  store.dispatch({ type: 'pen-toggled', timeMs: 0 });
  void ask();
  t.deepEqual(
    questions.map(({ explain }) => explain),
    [false, true],
  );
});

test('a request for a newer drawing aborts the older one, whose response is dropped', async t => {
  const { store, ask, questions } = setUpRequests();
  const older = ask();
  store.dispatch({ type: 'pen-toggled', timeMs: 0 });
  const newer = ask();
  t.deepEqual(
    questions.map(({ signal }) => signal.aborted),
    [true, false],
  );
  questions[1]?.resolve({ ...sevenPrediction, digit: 1 });
  await newer;
  questions[0]?.resolve(sevenPrediction);
  await older;
  t.is(store.getState().predicted?.prediction.digit, 1);
});

test('a failure of the service becomes state', async t => {
  const { store, ask, questions } = setUpRequests();
  const asking = ask();
  questions[0]?.reject(new AppError('service-timeout', 'It did not answer.'));
  t.is(await asking, undefined);
  t.is(store.getState().predictionError, 'It did not answer.');
});

test('a mistake in the app is not taken for a failure of the service', async t => {
  const { ask, questions } = setUpRequests();
  const asking = ask();
  questions[0]?.reject(new TypeError('of this app'));
  await t.throwsAsync(asking, { instanceOf: TypeError });
});

const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };
const continuedTo = (x: number): Action => ({ type: 'stroke-continued', to: [x, 5.5], timeMs: 1 });

/** Counts the requests; `answer` responds to the one in flight and lets the interval pass. */
function setUpLive(parts: Partial<State> = {}) {
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
  const { store, asked } = setUpLive();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  store.dispatch(continuedTo(11));
  t.is(asked.length, 1);
});

test('after the response the newest drawing is predicted, and then nothing more', t => {
  const { store, asked, answer } = setUpLive();
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
  const { store, asked, answerAtOnce, rest } = setUpLive();
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
  const { store, asked, rest, answerAtOnce } = setUpLive();
  store.dispatch(began);
  store.dispatch(continuedTo(7));
  rest();
  t.is(asked.length, 1);
  answerAtOnce();
  t.is(asked.length, 2);
});

test('a failed request is not repeated before the drawing changes', t => {
  const { store, asked, rest } = setUpLive();
  store.dispatch(began);
  const raster = rasterOf(store.getState());
  store.dispatch({ type: 'prediction-failed', raster, why: 'gone' });
  rest();
  t.is(asked.length, 1);
  store.dispatch(continuedTo(7));
  t.is(asked.length, 2);
});

test('nothing is requested for a blank drawing, without a service, or with live prediction off', t => {
  const blank = setUpLive();
  blank.store.dispatch({ type: 'tool-toggled' });
  t.is(blank.asked.length, 0);
  const alone = setUpLive({ service: { status: 'starting', origin: 'embedded' } });
  alone.store.dispatch(began);
  t.is(alone.asked.length, 0);
  alone.store.dispatch({ type: 'service-changed', service: connectedService });
  t.is(alone.asked.length, 1);
  const quiet = setUpLive();
  quiet.store.dispatch({ type: 'settings-changed', settings: { isLive: false } });
  quiet.store.dispatch(began);
  t.is(quiet.asked.length, 0);
});

test('a prediction without an explanation is requested again when one is needed', t => {
  const { store, asked, answer } = setUpLive();
  store.dispatch(began);
  answer();
  store.dispatch({ type: 'explanation-toggled' });
  t.is(asked.length, 2);
});
