import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createPredictionRequester } from '../../src/effects/request-prediction.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Prediction } from '../../src/state/prediction.ts';
import { rasterOf } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { exampleState } from '../state/example-state.ts';

/** A connection whose answers the test gives by hand, in any order. */
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

test('the answer becomes state', async t => {
  const { store, ask, questions } = setUp();
  const asking = ask();
  t.is(store.getState().pendingRaster, rasterOf(store.getState()));
  questions[0]?.resolve(sevenPrediction);
  t.is(await asking, sevenPrediction);
  t.is(store.getState().predicted?.prediction, sevenPrediction);
  t.is(store.getState().pendingRaster, undefined);
});

test('asking again about the same drawing sends nothing and has the same answer', async t => {
  const { ask, questions } = setUp();
  const [first, second] = [ask(), ask()];
  t.is(questions.length, 1);
  questions[0]?.resolve(sevenPrediction);
  t.deepEqual(await Promise.all([first, second]), [sevenPrediction, sevenPrediction]);
});

test('an explanation is asked for when there is a use for it', t => {
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

test('a question about a newer drawing gives up the older one, whose answer is dropped', async t => {
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

test('what the service does wrong becomes state', async t => {
  const { store, ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new AppError('service-timeout', 'It did not answer.'));
  t.is(await asking, undefined);
  t.is(store.getState().predictionError, 'It did not answer.');
});

test('a mistake of this app is not taken for one of the service', async t => {
  const { ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new TypeError('of this app'));
  await t.throwsAsync(asking, { instanceOf: TypeError });
});
