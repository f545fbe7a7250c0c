// The view into the network: the selected neuron, the pages, and the request that is due.

import { rasterOf } from '@digits/client';
import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import {
  dueNeuronRequest,
  needsLayers,
  selectionOf,
} from '../../../src/state/inside/selected-neuron.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { State } from '../../../src/state/state.ts';
import { drawSeven } from '../../view/components/seven.ts';
import {
  exampleActivation,
  exampleLayers,
  exampleNeuron,
  layeredPrediction,
} from '../example-network.ts';
import { connectedService, exampleState } from '../example-state.ts';

const after = (state: State, ...actions: readonly Action[]) => actions.reduce(reduce, state);

/** A seven with its layers, in the view. */
function opened(): State {
  const drawn = after(exampleState({ service: connectedService }), ...drawSeven);
  const raster = rasterOf(drawn);
  const predicted = { raster, prediction: layeredPrediction, isExplained: false };
  return after({ ...drawn, predicted }, { type: 'inside-opened' });
}

const { version } = layeredPrediction.model;
const selectedNeuron = (state: State) => selectionOf(state)?.position;
const moved = (steps: number): Action => ({ type: 'neuron-moved', steps });
const turned = (steps: 1 | -1): Action => ({ type: 'inside-page-turned', steps });

test('without a choice the most active neuron of the first layer is selected', t => {
  t.deepEqual(selectedNeuron(opened()), { layer: 1, index: 17 });
  t.is(selectionOf(opened())?.value, 9.5);
  t.is(selectedNeuron(exampleState()), undefined);
});

test('the selection moves within its layer and stops at its ends', t => {
  const indexAfter = (...steps: readonly number[]) =>
    selectedNeuron(after(opened(), ...steps.map(moved)))?.index;
  t.is(indexAfter(1), 18);
  t.is(indexAfter(1, -3), 15);
  t.is(indexAfter(1000), 52);
  t.is(indexAfter(1000, 1, -1), 51);
  t.is(indexAfter(-1000), 0);
});

test('another layer begins with its most active neuron, and the first follows the last', t => {
  const next: Action = { type: 'inside-layer-changed', steps: 1 };
  t.deepEqual(selectedNeuron(after(opened(), moved(3), next)), { layer: 2, index: 5 });
  t.deepEqual(selectedNeuron(after(opened(), next, next)), { layer: 1, index: 17 });
});

test('the pages are the layers, then the weights, then the examples, and round again', t => {
  const pagesAfter = (steps: 1 | -1) =>
    [1, 2, 3, 4].map(count => {
      const { mode } = after(opened(), ...Array<Action>(count).fill(turned(steps)));
      return mode.type === 'inside' ? `${mode.page} ${mode.layer}` : '';
    });
  t.deepEqual(pagesAfter(1), ['layer 2', 'weights 2', 'examples 2', 'layer 1']);
  t.deepEqual(pagesAfter(-1), ['examples 1', 'weights 1', 'layer 2', 'layer 1']);
});

test('a page about a neuron keeps the neuron', t => {
  const state = after(opened(), moved(-2), turned(-1), turned(-1));
  t.deepEqual(selectedNeuron(state), { layer: 1, index: 15 });
});

test('a network of other sizes keeps the selection within them', t => {
  const state = after(opened(), moved(1000));
  const smaller = { ...layeredPrediction, layers: [[0, 1, 2], Array(10).fill(0)] };
  const predicted = { raster: rasterOf(state), prediction: smaller, isExplained: false };
  t.deepEqual(selectedNeuron({ ...state, predicted }), { layer: 1, index: 2 });
});

test('of a network without hidden layers the outputs are shown', t => {
  const state = opened();
  const prediction = { ...layeredPrediction, layers: [[0, 3, 1, 0, 0, 0, 0, 0, 0, 0]] };
  const predicted = { raster: rasterOf(state), prediction, isExplained: false };
  t.deepEqual(selectedNeuron({ ...state, predicted }), { layer: 1, index: 1 });
});

test('the neuron is requested first, then the neuron for the drawing, then nothing', t => {
  const state = opened();
  const position = { layer: 1, index: 17 };
  const raster = rasterOf(state);
  t.deepEqual(dueNeuronRequest(state), { position, version, raster: undefined });
  const known = after(
    state,
    { type: 'neuron-requested' },
    { type: 'neuron-received', neuron: exampleNeuron(position) },
  );
  t.deepEqual(dueNeuronRequest(known), { position, version, raster });
  const activation = exampleActivation(position);
  const activated = after(known, { type: 'neuron-activated', raster, activation });
  t.is(dueNeuronRequest(activated), undefined);
  t.deepEqual(dueNeuronRequest(after(activated, moved(1))), {
    position: { layer: 1, index: 18 },
    version,
    raster: undefined,
  });
});

test('no neuron is requested while another request is in flight, without a service, or after a failure', t => {
  const state = opened();
  const position = { layer: 1, index: 17 };
  const away = { ...connectedService, status: 'away', why: 'gone', retryInMs: 1 } as const;
  for (const actions of [
    [{ type: 'neuron-requested' }],
    [{ type: 'prediction-requested', raster: rasterOf(state) }],
    [{ type: 'service-changed', service: away }],
    [{ type: 'neuron-failed', failure: { position, version, why: 'gone' } }],
    [{ type: 'mode-changed', mode: { type: 'drawing' } }],
    [{ type: 'cleared' }],
  ] as const satisfies Action[][]) {
    t.is(dueNeuronRequest(after(state, ...actions)), undefined, JSON.stringify(actions));
  }
});

test('a neuron of another model is none of this one', t => {
  const position = { layer: 1, index: 17 };
  const neuron = { ...exampleNeuron(position), model: { name: 'digits', version: 'older' } };
  const state = after(opened(), { type: 'neuron-received', neuron });
  t.is(selectionOf(state)?.neuron, undefined);
});

test('layers are needed in the view only, and not of a service that has none, until another one is there', t => {
  const state = opened();
  t.true(needsLayers(state));
  t.false(needsLayers(exampleState()));
  const without = after(state, { type: 'layers-unsupported' });
  t.false(needsLayers(without));
  const away = { ...connectedService, status: 'away', why: 'gone', retryInMs: 1 } as const;
  const other = after(
    without,
    { type: 'service-changed', service: away },
    { type: 'service-changed', service: connectedService },
  );
  t.true(needsLayers(other));
  t.is(exampleLayers.length, 3);
});
