// Predictions that are requested, by a key or while the user draws.

import { drawingOfPicture, drawStrokes, isBlank } from '@digits/canvas';
import { type Prediction, type PredictionAction, rasterOf, shownPrediction } from '@digits/client';
import test from 'ava';
import fc from 'fast-check';
import { AppError } from '../../src/app-error.ts';
import { startLivePrediction } from '../../src/effects/live-prediction.ts';
import { createPredictionRequester } from '../../src/effects/request-prediction.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Action } from '../../src/state/action.ts';
import { needsLayers } from '../../src/state/inside/selected-neuron.ts';
import { noLearning } from '../../src/state/learning/learning.ts';
import { noWatch } from '../../src/state/learning/watch.ts';
import type { ServiceState } from '../../src/state/service-state.ts';
import { failureOf, isStale, type State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { layoutIn, seenFormOf } from '../../src/view/layout.ts';
import { sevenPrediction } from '../fake-service.ts';
import { exampleActivation, exampleNeuron } from '../state/example-network.ts';
import { connectedService, exampleState, fullColour } from '../state/example-state.ts';

/** A connection whose responses the test gives, in any order. */
function setUpRequests() {
  const store = createStore(exampleState());
  const questions: (PromiseWithResolvers<Prediction> & PredictOptions)[] = [];
  const ask = createPredictionRequester({
    store,
    needsExplanation: state => state.isExplaining,
    needsLayers,
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
  t.is(failureOf(store.getState()), 'It did not answer.');
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
    needsExplanation: state => state.isExplaining,
    needsLayers,
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
      const isExplained = store.getState().isExplaining;
      const prediction = sevenPrediction;
      store.dispatch({ type: 'prediction-received', raster, prediction, isExplained });
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

test('the end of a stroke does not wait for the interval, which then ends without effect', t => {
  const { store, asked, answerAtOnce, rest } = setUpLive();
  store.dispatch(began);
  answerAtOnce();
  store.dispatch(continuedTo(7));
  t.is(asked.length, 1);
  store.dispatch({ type: 'stroke-ended' });
  t.is(asked.length, 2);
  t.is(asked[1], rasterOf(store.getState()));
  answerAtOnce();
  rest();
  t.is(asked.length, 2);
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

test('a prediction without an explanation is requested again when one is needed, once', t => {
  const { store, asked, answer } = setUpLive();
  store.dispatch(began);
  answer();
  store.dispatch({ type: 'explanation-toggled' });
  t.is(asked.length, 2);
  // The service answers without one.
  answer();
  t.is(asked.length, 2);
});

/** The app’s requests in a window of any size; each response is derived from its drawing. */
function setUpService() {
  const store = createStore(exampleState({ service: connectedService }));
  const needsExplanation = (state: State) =>
    state.isExplaining || (!needsLayers(state) && seenFormOf(layoutIn(state)) !== 'none');
  const requests: { answer(): void; fail(): void }[] = [];
  let wake = () => {};
  const requestPrediction = createPredictionRequester({
    store,
    needsExplanation,
    needsLayers,
    connection: {
      predict(_, { explain }) {
        const { promise, resolve, reject } = Promise.withResolvers<Prediction>();
        const seen = explain ? { seen: [...rasterOf(store.getState())] } : {};
        requests.push({
          answer() {
            const { service } = store.getState();
            const { model } = service.status === 'connected' ? service : connectedService;
            resolve({ ...sevenPrediction, model, ...seen });
          },
          fail: () => reject(new AppError('service-timeout', 'late')),
        });
        return promise;
      },
    },
  });
  startLivePrediction(store, {
    needsExplanation,
    needsLayers,
    requestPrediction: () => void requestPrediction(),
    startTimer: rested => {
      wake = rested;
    },
  });
  return { store, requests, requestPrediction, needsExplanation, rest: () => wake() };
}

const of = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const point = fc.tuple(fc.integer({ min: 0, max: 27 }), fc.integer({ min: 0, max: 27 }));
const steps = of(-1, 1);
const newer = { ...connectedService, model: { name: 'digits', version: 'newer' } };
const away: ServiceState = {
  status: 'away',
  origin: 'found',
  url: undefined,
  why: 'gone',
  retryInMs: 1,
};

/** Every action but those of requests: each changes the drawing, the layout or what is around them. */
const actions = {
  'stroke-began': point.map(at => ({ at, timeMs: 0 })),
  'stroke-continued': point.map(to => ({ to, timeMs: 1 })),
  'stroke-ended': of({}),
  'pen-moved': fc.record({ dx: steps, dy: steps, timeMs: of(0) }),
  'pen-toggled': of({ timeMs: 0 }),
  'tool-toggled': of({}),
  'brush-changed': fc.record({ steps }),
  cleared: of({}),
  undone: of({}),
  redone: of({}),
  shifted: fc.record({ dx: steps, dy: steps }),
  inverted: of({}),
  'drawing-loaded': point.map(([x, y]) => ({
    drawing: drawingOfPicture(drawStrokes([[[x, y]]])),
  })),
  'mode-changed': of<object>({ mode: { type: 'help', top: 0 } }, { mode: { type: 'drawing' } }),
  'text-edited': of({ edit: { type: 'insert', text: 'a' } }),
  'text-changed': of({ text: 'a' }),
  'hint-set': of({ hint: 'a' }),
  'setting-row-moved': fc.record({ steps }),
  'help-scrolled': of({ top: 1 }),
  'settings-changed': fc.boolean().map(isLive => ({ settings: { isLive } })),
  'explanation-toggled': of({}),
  'mouse-switched': fc.record({ isOn: fc.boolean() }),
  'practice-began': of({ seed: 7 }),
  'practice-round-submitted': of({}),
  'practice-round-failed': of({}),
  'practice-round-finished': of({ drawing: drawStrokes([[[3, 5]]]), read: 3 }),
  'practice-continued': of({}),
  'practice-game-switched': of({}),
  'practice-skipped': of({}),
  'practice-ended': of({}),
  'inside-opened': of({}),
  'neuron-selected': of({ position: { layer: 1, index: 2 } }),
  'neuron-moved': fc.record({ steps }),
  'inside-layer-changed': fc.record({ steps }),
  'inside-page-turned': fc.record({ steps }),
  'layers-unsupported': of({}),
  'neuron-requested': of({}),
  'neuron-received': of({ neuron: exampleNeuron({ layer: 1, index: 2 }) }),
  'neuron-activated': of({
    raster: drawStrokes([[[3, 5]]]),
    activation: exampleActivation({ layer: 1, index: 2 }),
  }),
  'neuron-failed': of({ failure: undefined }),
  corrected: of({ raster: drawStrokes([[[3, 5]]]) }),
  'correction-undone': of({ raster: undefined }),
  'corrections-listed': of({ list: { isLoading: true } }),
  'suspects-found': of({ suspects: [] }),
  'suspect-confirmed': of({ id: 'a1' }),
  'correction-removed': of({ id: 'a1' }),
  'correction-row-moved': fc.record({ steps }),
  'correction-row-selected': of({ row: 1 }),
  'learning-changed': of({ learning: noLearning }),
  'gate-row-moved': fc.record({ steps }),
  'gate-row-selected': of({ row: 1 }),
  'model-served': of({ model: newer.model }),
  'watch-changed': of({ watch: { ...noWatch, isKept: true } }),
  'notice-shown': of({ notice: { text: 'a', isBad: true } }),
  'corrections-counted': of({ corrections: { saved: 1 } }),
  'service-changed': of<ServiceState>(away, newer, connectedService).map(service => ({ service })),
  'capabilities-changed': of({ capabilities: { ...fullColour, unicode: false } }),
  'window-resized': fc
    .record({ columns: of(40, 66, 94, 98, 170), rows: of(10, 22, 36, 37) })
    .map(window => ({ window })),
} satisfies Record<Exclude<Action['type'], PredictionAction['type']>, fc.Arbitrary<object>>;

const typed = Object.entries(actions).map(([type, parts]) =>
  (parts as fc.Arbitrary<object>).map(each => ({ type, ...each }) as Action),
);
/** Those that meet most often in a session. */
const often = ['stroke-began', 'cleared', 'undone', 'explanation-toggled', 'window-resized'];
const frequent = typed.filter((_, index) => often.includes(Object.keys(actions)[index] ?? ''));

test('after any changes the prediction and the network input belong to the drawing', async t => {
  const step = fc.oneof(
    { arbitrary: fc.oneof(...typed), weight: 3 },
    { arbitrary: fc.oneof(...frequent), weight: 3 },
    { arbitrary: of(...(['answer', 'fail', 'rest', 'Enter'] as const)), weight: 3 },
  );
  const services = of(connectedService, newer);
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 30 }),
    services,
    async (taken, service) => {
      const { store, requests, requestPrediction, needsExplanation, rest } = setUpService();
      const perform = async (each: (typeof taken)[number]) => {
        if (typeof each === 'object') store.dispatch(each);
        else if (each === 'rest') rest();
        else if (each === 'Enter') void requestPrediction();
        else for (const request of requests.splice(0)) request[each]();
        await Promise.resolve();
      };
      for (const each of taken) await perform(each);
      // The last outcome has arrived: one that came after the service is back would be of the service before.
      await new Promise(setImmediate);
      // The service is back and answers everything, the user waits.
      store.dispatch({ type: 'neuron-failed', failure: undefined });
      store.dispatch({ type: 'service-changed', service: away });
      store.dispatch({ type: 'service-changed', service });
      let count = 0;
      for (; count < 10 && (requests.length > 0 || count < 2); count++) {
        for (const request of requests.splice(0)) request.answer();
        await new Promise(setImmediate);
        rest();
      }
      const state = store.getState();
      const shown = shownPrediction(state);
      const isOfDrawing = shown?.raster === rasterOf(state);
      if (isBlank(rasterOf(state))) return shown === undefined;
      if (shown !== undefined && !isOfDrawing && !isStale(state)) return false;
      if (state.settings.isLive && shown?.prediction.model !== service.model) return false;
      if (state.settings.isLive && !isOfDrawing) return false;
      const { seen } = shown?.prediction ?? {};
      if (isOfDrawing && needsExplanation(state) && seen === undefined) return false;
      return count < 10 && (seen === undefined || `${seen}` === `${shown?.raster}`);
    },
  );
  await t.notThrowsAsync(fc.assert(property, { numRuns: 150 }));
});
