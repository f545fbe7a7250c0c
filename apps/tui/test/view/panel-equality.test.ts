import test from 'ava';
import type { Action } from '../../src/state/action.ts';
import { reduce } from '../../src/state/reducer.ts';
import { rasterOf } from '../../src/state/state.ts';
import { isPanelEqual } from '../../src/view/panel-equality.ts';
import { sevenPrediction } from '../fake-service.ts';
import { beginning, connectedService } from '../state/beginning.ts';
import { drawSeven } from './components/seven.ts';

const drawn = drawSeven.reduce(reduce, beginning({ service: connectedService }));
const answered = {
  ...drawn,
  predicted: { raster: rasterOf(drawn), prediction: sevenPrediction },
};
const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };

test('a stroke of the mouse and a question change nothing beside the canvas', t => {
  t.true(isPanelEqual(answered, reduce(answered, began)));
  t.true(
    isPanelEqual(
      answered,
      reduce(answered, { type: 'prediction-requested', raster: rasterOf(drawn) }),
    ),
  );
});

test('an answer, a notice, a mode and the keyboard’s pen do', t => {
  t.false(isPanelEqual(drawn, answered));
  for (const action of [
    { type: 'notice-shown', notice: { text: 'saved', isBad: false } },
    { type: 'mode-changed', mode: { type: 'help' } },
    { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 },
    { type: 'brush-changed', steps: 1 },
  ] as const) {
    t.false(isPanelEqual(answered, reduce(answered, action)));
  }
});

test('a stroke after which the answer is about a former drawing does', t => {
  const quiet = { ...answered, settings: { ...answered.settings, isLive: false } };
  t.false(isPanelEqual(quiet, reduce(quiet, began)));
});
