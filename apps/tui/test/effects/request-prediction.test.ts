import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createPredictionRequester } from '../../src/effects/request-prediction.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Prediction } from '../../src/state/prediction.ts';
import { rasterOf } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { exampleState } from '../state/example-state.ts';

/** A connection whose responses the test gives, in any order. */
function setUp() {
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
  const { store, ask, questions } = setUp();
  const asking = ask();
  t.is(store.getState().pendingRaster, rasterOf(store.getState()));
  questions[0]?.resolve(sevenPrediction);
  t.is(await asking, sevenPrediction);
  t.is(store.getState().predicted?.prediction, sevenPrediction);
  t.is(store.getState().pendingRaster, undefined);
});

test('a second request for the same drawing sends nothing and has the same result', async t => {
  const { ask, questions } = setUp();
  const [first, second] = [ask(), ask()];
  t.is(questions.length, 1);
  questions[0]?.resolve(sevenPrediction);
  t.deepEqual(await Promise.all([first, second]), [sevenPrediction, sevenPrediction]);
});

test('an explanation is requested when it is shown', t => {
  const { store, ask, questions } = setUp();
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
  const { store, ask, questions } = setUp();
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
  const { store, ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new AppError('service-timeout', 'It did not answer.'));
  t.is(await asking, undefined);
  t.is(store.getState().predictionError, 'It did not answer.');
});

test('a mistake in the app is not taken for a failure of the service', async t => {
  const { ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new TypeError('of this app'));
  await t.throwsAsync(asking, { instanceOf: TypeError });
});
