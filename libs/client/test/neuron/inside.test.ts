// The view into the network: the selection, the requests about a neuron, its words and its colours.

import { blankRaster, drawStrokes } from '@digits/canvas';
import test from 'ava';
import {
  createNeuronRequests,
  emptyInside,
  fractionsOf,
  heatColour,
  heatOf,
  type InsideView,
  moveChoice,
  type NeuronAction,
  neuronPath,
  neuronSentences,
  nextNeuronRequest,
  reduceInside,
  selectionIn,
  selectNeuron,
  shownLayersOf,
} from '../../src/index.ts';
import { exampleActivation, exampleNeuron, layeredPrediction } from '../examples.ts';

const layers = shownLayersOf(layeredPrediction);
const raster = drawStrokes([[[3, 5]]]);
const position = { layer: 1, index: 17 };
const { version } = layeredPrediction.model;

const viewAfter = (...actions: readonly NeuronAction[]): InsideView => ({
  inside: actions.reduce(reduceInside, emptyInside),
  choice: { layer: 1, index: undefined },
  predicted: { raster, prediction: layeredPrediction, isExplained: false },
});

const received: NeuronAction = { type: 'neuron-received', neuron: exampleNeuron(position) };
const activated: NeuronAction = {
  type: 'neuron-activated',
  raster,
  activation: exampleActivation(position),
};

test('the hidden layers are shown, of a network without any the outputs', t => {
  t.deepEqual(
    layers.map(({ layer, values }) => [layer, values.length]),
    [
      [1, 53],
      [2, 31],
    ],
  );
  t.is(shownLayersOf({ layers: [Array(10).fill(0)] }).length, 1);
  t.deepEqual(shownLayersOf(undefined), []);
});

test('a choice stays within the layers; without an index it is the most active neuron', t => {
  t.deepEqual(selectNeuron(layers, { layer: 2, index: undefined }), { layer: 2, index: 5 });
  t.deepEqual(selectNeuron(layers, { layer: 9, index: 99 }), { layer: 2, index: 30 });
  t.is(selectNeuron([], { layer: 1, index: 3 }), undefined);
  t.deepEqual(moveChoice(layers, { layer: 1, index: undefined }, -3), { layer: 1, index: 14 });
  t.deepEqual(moveChoice(layers, { layer: 1, index: 50 }, 28), { layer: 1, index: 52 });
});

test('the neuron is requested first, then the neuron for the drawing, then nothing', t => {
  t.deepEqual(nextNeuronRequest(viewAfter(), raster), { position, version, raster: undefined });
  t.deepEqual(nextNeuronRequest(viewAfter(received), raster), { position, version, raster });
  t.is(nextNeuronRequest(viewAfter(received, activated), raster), undefined);
  t.is(nextNeuronRequest(viewAfter(received), blankRaster()), undefined, 'of another drawing');
  t.is(nextNeuronRequest(viewAfter({ type: 'neuron-requested' }), raster), undefined);
});

test('a failure is not repeated for its neuron', t => {
  const failure = { position, version, why: 'gone' };
  const view = viewAfter({ type: 'neuron-failed', failure });
  t.is(selectionIn(view)?.failure, 'gone');
  t.is(nextNeuronRequest(view, raster), undefined);
  t.truthy(nextNeuronRequest({ ...view, choice: { layer: 1, index: 18 } }, raster));
});

test('a request is aborted by a prediction, and its neuron is asked for again afterwards', async t => {
  let view = viewAfter();
  let isPredicting = false;
  const asked: string[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  const update = createNeuronRequests({
    dueRequest: () => (isPredicting ? undefined : nextNeuronRequest(view, raster)),
    selection: () => selectionIn(view),
    isPredicting: () => isPredicting,
    isRequested: () => view.inside.isRequested,
    dispatch(action) {
      view = { ...view, inside: reduceInside(view.inside, action) };
      update();
    },
    async fetchNeuron(wanted, signal) {
      asked.push(`GET ${neuronPath(wanted)}`);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      signal.addEventListener('abort', () => answer.reject(new Error('aborted')));
      await answer.promise;
      return exampleNeuron(wanted);
    },
    async fetchActivation(_, wanted) {
      asked.push(`POST ${neuronPath(wanted)}`);
      return exampleActivation(wanted);
    },
    failureText: error => (error as Error).message,
    startTimer: () => t.fail(),
  });
  const settled = () => new Promise<void>(setImmediate);
  update();
  isPredicting = true;
  update();
  await settled();
  t.is(view.inside.failure, undefined);
  isPredicting = false;
  update();
  answers[1]?.resolve();
  await settled();
  const path = '/model/layers/1/neurons/17';
  t.deepEqual(asked, [`GET ${path}`, `GET ${path}`, `POST ${path}`]);
});

test('a neuron in words has its output, its digits and its test images', t => {
  const selection = selectionIn(viewAfter(received, activated))!;
  t.deepEqual(neuronSentences(selection), [
    'Neuron 17 of layer 1: 9.50.',
    'Neuron 17 speaks for 7; against 2.',
    'Test images that excite neuron 17 most: 7, 7, 9.',
  ]);
  const unknown = neuronSentences(selectionIn(viewAfter())!);
  t.deepEqual(unknown.slice(1), ['Neuron 17. Finding the test images that excite it most …']);
});

test('weights are shown as fractions of the strongest', t => {
  t.deepEqual(fractionsOf([1, -2, 0]), [0.5, -1, 0]);
  t.deepEqual(fractionsOf([0, 0]), [0, 0]);
});

test('heat is the square root of an activation’s fraction of the greatest', t => {
  t.is(heatOf(1, 4), 0.5);
  t.is(heatOf(4, 4), 1);
  t.is(heatOf(0, 0), 0);
  t.is(heatOf(-1, 4), 0, 'of an output layer');
});

test('the heat of both themes goes from the paper to its opposite without a step back', t => {
  for (const theme of ['dark', 'light'] as const) {
    const brightness = Array.from({ length: 21 }, (_, step) => {
      const [red, green, blue] = heatColour(step / 20, theme);
      return 0.3 * red + 0.59 * green + 0.11 * blue;
    });
    const rising = theme === 'dark' ? brightness : brightness.toReversed();
    t.true(rising.every((each, index) => index === 0 || each > rising[index - 1]!));
  }
});
