// Requests about the selected neuron, and predictions with layers, of a service that is a stub.

import { type Neuron, type NeuronPosition, type Prediction, rasterOf } from '@digits/client';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { startNeuronRequests } from '../../src/effects/neuron-requests.ts';
import { createPredictionRequester } from '../../src/effects/request-prediction.ts';
import type { Client, PredictOptions } from '../../src/service/client.ts';
import { needsLayers } from '../../src/state/inside/selected-neuron.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { exampleActivation, exampleNeuron, layeredPrediction } from '../state/example-network.ts';
import { connectedService, exampleState } from '../state/example-state.ts';
import { drawSeven } from '../view/components/seven.ts';

const settled = () => new Promise<void>(setImmediate);

/** Has the layers of a seven predicted, and lists the requests about neurons. */
function setUp(answer: (position: NeuronPosition) => Promise<Neuron> | Neuron = exampleNeuron) {
  const store = createStore(exampleState({ service: connectedService }));
  const asked: string[] = [];
  const signals: AbortSignal[] = [];
  const timers: (() => void)[] = [];
  const client: Pick<Client, 'neuron' | 'neuronFor'> = {
    async neuron(position, signal) {
      asked.push(`GET ${position.layer}/${position.index}`);
      signals.push(signal);
      return answer(position);
    },
    async neuronFor(_, position, signal) {
      asked.push(`POST ${position.layer}/${position.index}`);
      signals.push(signal);
      return exampleActivation(position);
    },
  };
  startNeuronRequests(store, {
    service: { use: work => work(client as Client, new AbortController().signal) },
    startTimer: onExpired => void timers.push(onExpired),
  });
  for (const action of drawSeven) store.dispatch(action);
  store.dispatch({ type: 'inside-opened' });
  const predict = () => {
    const raster = rasterOf(store.getState());
    store.dispatch({ type: 'prediction-requested', raster });
    const prediction = layeredPrediction;
    store.dispatch({ type: 'prediction-received', raster, prediction, isExplained: false });
  };
  return { store, asked, signals, timers, predict };
}

test('with the layers the most active neuron is requested, then the same for the drawing', async t => {
  const { store, asked, predict } = setUp();
  t.deepEqual(asked, []);
  predict();
  await settled();
  t.deepEqual(asked, ['GET 1/17', 'POST 1/17']);
  store.dispatch({ type: 'neuron-selected', position: { layer: 2, index: 3 } });
  await settled();
  t.deepEqual(asked.slice(2), ['GET 2/3', 'POST 2/3']);
});

test('however fast the selection moves, one request is in flight, and the last one is answered', async t => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { store, asked, predict } = setUp(async position => {
    await promise;
    return exampleNeuron(position);
  });
  predict();
  for (let index = 20; index < 40; index++) {
    store.dispatch({ type: 'neuron-selected', position: { layer: 1, index } });
  }
  t.deepEqual(asked, ['GET 1/17']);
  resolve();
  await settled();
  t.deepEqual(asked, ['GET 1/17', 'GET 1/39', 'POST 1/39']);
});

test('a prediction that is requested aborts the request about a neuron', async t => {
  const { promise, reject } = Promise.withResolvers<Neuron>();
  const { store, asked, signals, predict } = setUp(() => promise);
  predict();
  t.deepEqual(asked, ['GET 1/17']);
  store.dispatch({ type: 'prediction-requested', raster: rasterOf(store.getState()) });
  t.true(signals[0]?.aborted);
  reject(new AppError('service-cancelled', 'cancelled'));
  await settled();
  t.like(store.getState().inside, { isRequested: false, failure: undefined });
  t.is(asked.length, 1, 'not beside the prediction');
});

test('a failure is kept for its neuron and not repeated', async t => {
  const { store, asked, predict } = setUp(() => {
    throw new AppError('service-problem', 'There is no such neuron.', { status: 404 });
  });
  predict();
  await settled();
  predict();
  await settled();
  t.deepEqual(asked, ['GET 1/17']);
  t.is(store.getState().inside.failure?.why, 'There is no such neuron.');
});

test('a neuron of another model than the prediction’s is a failure, and not requested for ever', async t => {
  const { store, asked, predict } = setUp(position => ({
    ...exampleNeuron(position),
    model: { name: 'digits', version: 'newer' },
  }));
  predict();
  await settled();
  t.deepEqual(asked, ['GET 1/17']);
  t.regex(store.getState().inside.failure?.why ?? '', /another model/);
});

test('examples that are being computed are requested again, until they are there', async t => {
  let isReady = false;
  const { asked, timers, predict } = setUp(position => ({
    ...exampleNeuron(position),
    ...(!isReady && { examples: undefined, examplesStatus: 'computing' as const }),
  }));
  predict();
  await settled();
  t.is(timers.length, 1);
  isReady = true;
  timers[0]?.();
  await settled();
  t.deepEqual(asked, ['GET 1/17', 'POST 1/17', 'GET 1/17']);
  t.is(timers.length, 1);
});

function setUpPredictions(answer: (options: PredictOptions) => Prediction) {
  const store = createStore(exampleState({ service: connectedService }));
  const asked: Pick<PredictOptions, 'explain' | 'layers'>[] = [];
  const request = createPredictionRequester({
    store,
    needsExplanation: () => false,
    needsLayers,
    connection: {
      async predict(_, { signal: __, ...parts }) {
        asked.push(parts);
        return answer({ ...parts, signal: new AbortController().signal });
      },
    },
  });
  for (const action of drawSeven) store.dispatch(action);
  store.dispatch({ type: 'inside-opened' });
  return { store, asked, request };
}

test('in the view predictions come with layers', async t => {
  const { store, asked, request } = setUpPredictions(() => layeredPrediction);
  t.is(await request(), layeredPrediction);
  t.deepEqual(asked, [{ explain: false, layers: true }]);
  t.false(store.getState().inside.isUnsupported);
});

test('a service that refuses layers is asked without them, and not for them again', async t => {
  const { store, asked, request } = setUpPredictions(({ layers }) => {
    if (layers) throw new AppError('service-problem', 'explain is true or false', { status: 400 });
    return sevenPrediction;
  });
  t.is(await request(), sevenPrediction);
  t.true(store.getState().inside.isUnsupported);
  store.dispatch({ type: 'inverted' });
  await request();
  t.deepEqual(
    asked.map(({ layers }) => layers),
    [true, false, false],
  );
});

test('a service that answers without layers is not asked for them again', async t => {
  const { store, asked, request } = setUpPredictions(() => sevenPrediction);
  await request();
  t.true(store.getState().inside.isUnsupported);
  t.is(asked.length, 1);
});
