import { type Prediction, rasterOf } from '@digits/client';
import test, { type ExecutionContext } from 'ava';
import { startLivePrediction } from '../../src/service/live.ts';
import { ServiceError } from '../../src/service/service.ts';
import { drawn, initialState, type State } from '../../src/state.ts';
import { createStore } from '../../src/store.ts';
import { fakeTimers } from '../fake-timers.ts';

const model = { name: 'digits', version: 'v1' };
const prediction: Prediction = {
  ...{ digit: 1, confidence: 0.9, probabilities: Array(10).fill(0.1), reason: null, model },
};

/** A connected page whose requests wait for `answer`, and a stroke that goes on downwards. */
function start(t: ExecutionContext) {
  const pass = fakeTimers(t);
  const store = createStore<State>({ ...initialState, service: { status: 'connected', model } });
  const answers: ((outcome: Prediction | ServiceError) => void)[] = [];
  startLivePrediction(store, {
    predict: () =>
      new Promise((resolve, reject) =>
        answers.push(outcome =>
          outcome instanceof ServiceError ? reject(outcome) : resolve(outcome),
        ),
      ),
    send: () => Promise.reject(),
    connect: () => Promise.reject(),
  });
  let y = 3;
  return {
    ...{ store, answers, pass },
    begin: () => store.set(drawn(store.get(), { type: 'stroke-began', at: [9, y], timeMs: 0 })),
    goOn() {
      y += 2;
      store.set(drawn(store.get(), { type: 'stroke-continued', to: [9, y], timeMs: 0 }));
    },
    end: () => store.set(drawn(store.get(), { type: 'stroke-ended' })),
    async answer(outcome: Prediction | ServiceError = prediction) {
      answers.at(-1)?.(outcome);
      await pass(0);
    },
  };
}

test.serial('one request is in flight, and the next one is for the newest drawing', async t => {
  const { store, answers, begin, goOn, answer, pass } = start(t);
  begin();
  goOn();
  await pass(250);
  goOn();
  await pass(1000);
  t.is(answers.length, 1);
  await answer();
  t.is(answers.length, 2);
  t.is(store.get().pendingRaster, rasterOf(store.get()));
});

test.serial('during a stroke a request is sent four times a second', async t => {
  const { answers, begin, goOn, answer, pass } = start(t);
  begin();
  await pass(249);
  t.is(answers.length, 0);
  await pass(1);
  t.is(answers.length, 1);
  goOn();
  await answer();
  await pass(249);
  t.is(answers.length, 1);
  await pass(1);
  t.is(answers.length, 2);
});

test.serial(
  'the end of a stroke waits neither for the interval nor for the answer before',
  async t => {
    const { store, answers, begin, goOn, end, answer, pass } = start(t);
    begin();
    await pass(250);
    goOn();
    end();
    t.is(answers.length, 2);
    const { pendingRaster } = store.get();
    t.is(pendingRaster, rasterOf(store.get()));
    await answer();
    t.is(store.get().predicted?.raster, pendingRaster);
  },
);

test.serial('the prediction of a drawing that was cleared is dropped', async t => {
  const { store, begin, end, answer } = start(t);
  begin();
  end();
  store.set(drawn(store.get(), { type: 'cleared' }));
  await answer();
  t.is(store.get().predicted, undefined);
});

test.serial('a failure is shown and not repeated until the drawing changes', async t => {
  const { store, answers, begin, goOn, answer, pass } = start(t);
  begin();
  await pass(250);
  await answer(new ServiceError('refused', 'Too large.'));
  await pass(1000);
  t.is(answers.length, 1);
  t.is(store.get().predictionFailure?.why, 'Too large.');
  goOn();
  t.is(answers.length, 2);
});
