// Live prediction: which request is due, at what interval, and which answer counts.

import { blankRaster, drawStrokes, type Raster } from '@digits/canvas';
import test from 'ava';
import {
  createPacedRequests,
  createPredictionRequester,
  failureFor,
  isPredictionDue,
  noPrediction,
  type PredictionNeed,
  type PredictionState,
  predictPath,
  type RequestedPrediction,
  reducePrediction,
  shownPredictionOf,
  withDrawingChanged,
} from '../../src/index.ts';
import { sevenPrediction } from '../examples.ts';

const [first, second] = [drawStrokes([[[3, 5]]]), drawStrokes([[[7, 11]]])];
const predicted = { raster: first, prediction: sevenPrediction, isExplained: false };
const need: PredictionNeed = {
  ...{ raster: first, isReady: true, isLive: true, servedVersion: '5.7.11' },
  lacksParts: () => false,
};

const cases: readonly [string, Partial<PredictionState>, Partial<PredictionNeed>, boolean][] = [
  ['a new drawing is predicted', {}, {}, true],
  ['a predicted drawing is not predicted again', { predicted }, {}, false],
  ['a changed drawing is predicted', { predicted }, { raster: second }, true],
  ['one request is in flight', { pendingRaster: first }, { raster: second }, false],
  ['nothing is requested when no request can be sent', {}, { isReady: false }, false],
  ['a blank drawing is not predicted', {}, { raster: blankRaster() }, false],
  ['without live prediction nothing is due', {}, { isLive: false }, false],
  [
    'a failed request is not repeated',
    { predictionFailure: { raster: first, why: 'gone' } },
    {},
    false,
  ],
  ['missing parts are requested', { predicted }, { isLive: false, lacksParts: () => true }, true],
  ['another model predicts again', { predicted }, { servedVersion: 'newer' }, true],
  ['an unknown model does not', { predicted }, { servedVersion: undefined }, false],
];

for (const [title, state, change, isDue] of cases) {
  test(title, t => {
    t.is(isPredictionDue({ ...noPrediction, ...state }, { ...need, ...change }), isDue);
  });
}

test('the prediction of a cleared drawing is kept for an undo, until another drawing begins', t => {
  const blank = blankRaster();
  const before: PredictionState = { ...noPrediction, pendingRaster: first, predicted };
  const cleared = withDrawingChanged(before, first, blank);
  t.is(cleared.pendingRaster, undefined);
  t.is(shownPredictionOf(cleared, blank), undefined);
  t.is(withDrawingChanged(cleared, blank, first).predicted, predicted);
  t.is(withDrawingChanged(cleared, blank, second).predicted, undefined);
});

test('requests keep a minimum interval, and the one that is due then is sent', t => {
  let isDue = true;
  let count = 0;
  const timers: (() => void)[] = [];
  const update = createPacedRequests({
    isDue: () => isDue,
    request: () => void count++,
    isDrawing: () => false,
    startTimer: onExpired => void timers.push(onExpired),
  });
  update();
  update();
  t.is(count, 1);
  timers[0]?.();
  t.is(count, 2);
  isDue = false;
  timers[1]?.();
  update();
  t.deepEqual([count, timers.length], [2, 2]);
});

test('the end of a stroke does not wait for the interval, which then ends without effect', t => {
  const timers: (() => void)[] = [];
  let isDrawing = true;
  let count = 0;
  const update = createPacedRequests({
    isDue: () => true,
    request: () => void count++,
    isDrawing: () => isDrawing,
    startTimer: onExpired => void timers.push(onExpired),
  });
  update();
  isDrawing = false;
  update();
  t.is(count, 2);
  timers[0]?.();
  t.is(count, 2);
  timers[1]?.();
  t.is(count, 3);
});

test('a stroke may begin with an interval, and the request for it may replace another one', t => {
  const timers: (() => void)[] = [];
  const requests: boolean[] = [];
  let isDrawing = true;
  const update = createPacedRequests({
    isDue(isStrokeDone) {
      requests.push(isStrokeDone);
      return true;
    },
    request: () => {},
    isDrawing: () => isDrawing,
    delaysStrokes: true,
    startTimer: onExpired => void timers.push(onExpired),
  });
  update();
  update();
  t.deepEqual(requests, []);
  timers[0]?.();
  isDrawing = false;
  update();
  t.deepEqual(requests, [false, true]);
});

function setUp() {
  let state: PredictionState = noPrediction;
  let raster: Raster = first;
  const answers: PromiseWithResolvers<RequestedPrediction>[] = [];
  const signals: AbortSignal[] = [];
  const request = createPredictionRequester({
    drawings: () => ({ raster, pendingRaster: state.pendingRaster }),
    dispatch: action => {
      state = reducePrediction(state, action);
    },
    predict(_, signal) {
      const answer = Promise.withResolvers<RequestedPrediction>();
      answers.push(answer);
      signals.push(signal);
      return answer.promise;
    },
    failureText: error => (error instanceof TypeError ? undefined : (error as Error).message),
  });
  return {
    ...{ answers, signals },
    state: () => state,
    draw(drawing: Raster) {
      raster = drawing;
      return request();
    },
  };
}

const answered = { prediction: sevenPrediction, isExplained: true };

test('the newest request wins: an older one is aborted and its answer dropped', async t => {
  const { answers, signals, state, draw } = setUp();
  const older = draw(first);
  const newer = draw(second);
  t.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true, false],
  );
  answers[0]?.resolve(answered);
  await older;
  t.is(state().predicted, undefined);
  answers[1]?.resolve(answered);
  t.is(await newer, sevenPrediction);
  t.deepEqual(state().predicted, { ...predicted, raster: second, isExplained: true });
});

test('the end of an aborted request is no failure of the same drawing, requested again', async t => {
  const { answers, state, draw } = setUp();
  const aborted = draw(first);
  void draw(second);
  void draw(first);
  answers[0]?.reject(new Error('aborted'));
  t.is(await aborted, undefined);
  t.is(state().pendingRaster, first);
  t.is(failureFor(state(), first), undefined);
});

test('a failure of the service becomes state, a mistake is thrown', async t => {
  const { answers, state, draw } = setUp();
  const failed = draw(first);
  answers[0]?.reject(new Error('late'));
  t.is(await failed, undefined);
  t.is(failureFor(state(), first), 'late');
  const mistaken = draw(second);
  answers[1]?.reject(new TypeError('of the app'));
  await t.throwsAsync(mistaken, { instanceOf: TypeError });
});

test('the path of a prediction names the parts that it comes with', t => {
  t.is(predictPath({}), '/predict');
  t.is(predictPath({ explain: true }), '/predict?explain=true');
  t.is(predictPath({ layers: true }), '/predict?explain=layers');
  t.is(predictPath({ explain: true, layers: true }), '/predict?explain=saliency,layers');
});
