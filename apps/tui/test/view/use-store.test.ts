import test from 'ava';
import type { Action } from '../../src/state/action.ts';
import { reduce } from '../../src/state/reducer.ts';
import { rasterOf } from '../../src/state/state.ts';
import { isPanelEqual } from '../../src/view/use-store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';
import { drawSeven } from './components/seven.ts';

const drawn = drawSeven.reduce(reduce, exampleState({ service: connectedService }));
const predicted = {
  ...drawn,
  predicted: { raster: rasterOf(drawn), prediction: sevenPrediction },
};
const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };

test('a mouse stroke and a request for a prediction change nothing beside the canvas', t => {
  t.true(isPanelEqual(predicted, reduce(predicted, began)));
  t.true(
    isPanelEqual(
      predicted,
      reduce(predicted, { type: 'prediction-requested', raster: rasterOf(drawn) }),
    ),
  );
});

test('a prediction, a notice, a mode and the keyboard’s pen change the panel', t => {
  t.false(isPanelEqual(drawn, predicted));
  for (const action of [
    { type: 'notice-shown', notice: { text: 'saved', isBad: false } },
    { type: 'mode-changed', mode: { type: 'help' } },
    { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 },
    { type: 'brush-changed', steps: 1 },
  ] as const) {
    t.false(isPanelEqual(predicted, reduce(predicted, action)));
  }
});

test('a stroke that makes the prediction stale changes the panel', t => {
  const quiet = { ...predicted, settings: { ...predicted.settings, isLive: false } };
  t.false(isPanelEqual(quiet, reduce(quiet, began)));
});
