import test from 'ava';
import type { Prediction } from '../../src/service/answers.ts';
import { ServiceError } from '../../src/service/service-error.ts';
import { createAsking } from '../../src/state/asking.ts';
import { initialState } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { SEVEN_PREDICTION } from '../fake-service.ts';

/** A connection whose answers the test gives by hand, in any order. */
function setUp() {
  const window = { columns: 80, rows: 24 };
  const store = createStore(initialState(window, { kind: 'looking', url: 'http://127.0.0.1:1' }));
  const questions: (PromiseWithResolvers<Prediction> & { signal: AbortSignal })[] = [];
  const ask = createAsking({
    store,
    connection: {
      predict(_, signal) {
        const question = { ...Promise.withResolvers<Prediction>(), signal };
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
  t.is(store.getState().asked, store.getState().raster);
  questions[0]?.resolve(SEVEN_PREDICTION);
  await asking;
  t.is(store.getState().answer?.prediction, SEVEN_PREDICTION);
  t.is(store.getState().asked, undefined);
});

test('asking again about the same drawing sends nothing', t => {
  const { ask, questions } = setUp();
  void ask();
  void ask();
  t.is(questions.length, 1);
});

test('a question about a newer drawing gives up the older one, whose answer is dropped', async t => {
  const { store, ask, questions } = setUp();
  const older = ask();
  store.dispatch({ type: 'pen-toggled' });
  const newer = ask();
  t.deepEqual(
    questions.map(({ signal }) => signal.aborted),
    [true, false],
  );
  questions[1]?.resolve({ ...SEVEN_PREDICTION, digit: 1 });
  await newer;
  questions[0]?.resolve(SEVEN_PREDICTION);
  await older;
  t.is(store.getState().answer?.prediction.digit, 1);
});

test('what the service does wrong becomes state', async t => {
  const { store, ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new ServiceError('SERVICE_TIMEOUT', 'It did not answer.'));
  await asking;
  t.is(store.getState().failure, 'It did not answer.');
});

test('a mistake of this app is not taken for one of the service', async t => {
  const { ask, questions } = setUp();
  const asking = ask();
  questions[0]?.reject(new TypeError('of this app'));
  await t.throwsAsync(asking, { instanceOf: TypeError });
});
