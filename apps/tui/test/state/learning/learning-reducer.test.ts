import { rasterOf } from '@digits/client';
import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import type { Learning } from '../../../src/state/learning/learning.ts';
import { drawingMode, type Mode } from '../../../src/state/mode.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { State } from '../../../src/state/state.ts';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { passingGate } from '../../trainer/gate-rows.ts';
import { connectedService, exampleState } from '../example-state.ts';

const gate = parseGate(JSON.stringify(passingGate));
const training: Learning = { type: 'training', progress: undefined };
const compared: Learning = { type: 'compared', gate };
const newModel = { name: 'digits', version: 'fine-tune-1-0a1b2c3d' };

const changed = (learning: Learning): Action => ({ type: 'learning-changed', learning });
const after = (state: State, ...actions: readonly Action[]): State => actions.reduce(reduce, state);

test('a correction is counted and its drawing remembered', t => {
  const start = exampleState({ learning: { type: 'failed', why: 'no corrections' } });
  const raster = rasterOf(start);
  const state = reduce(start, { type: 'corrected', raster });
  t.is(state.correctedRaster, raster);
  t.deepEqual(state.corrections, { saved: 1, waiting: 0 });
  t.is(state.learning.type, 'none');
  t.is(
    reduce(exampleState({ learning: training }), { type: 'corrected', raster }).learning,
    training,
  );
});

test('the gate’s result opens by itself for an idle user', t => {
  t.deepEqual(reduce(exampleState(), changed(compared)).mode, { type: 'gate', row: 0 });
});

const elsewhere: readonly (readonly [string, readonly Action[], Mode['type']])[] = [
  ['draws', [{ type: 'stroke-began', at: [5, 5], timeMs: 0 }], 'drawing'],
  ['has the pen down', [{ type: 'pen-toggled', timeMs: 0 }], 'drawing'],
  ['practises', [{ type: 'practice-began', seed: 7 }], 'drawing'],
  ['reads the help', [{ type: 'mode-changed', mode: { type: 'help', top: 0 } }], 'help'],
];

for (const [what, actions, type] of elsewhere) {
  test(`the gate’s result does not open for a user who ${what}`, t => {
    const before = after(exampleState(), ...actions);
    const state = reduce(before, changed(compared));
    t.is(state.mode.type, type);
    t.is(state.document, before.document);
  });
}

test('the question whether to stop closes with the training, and the gate’s result does not open', t => {
  const asked = exampleState({ mode: { type: 'confirming-stop' }, learning: training });
  const comparing = { type: 'comparing', version: 'v7', progress: undefined } as const;
  t.is(reduce(asked, changed(comparing)).mode.type, 'confirming-stop');
  t.deepEqual(reduce(asked, changed(compared)).mode, drawingMode);
});

test('the gate’s result closes with the decision', t => {
  const state = after(
    exampleState(),
    changed(compared),
    changed({ type: 'promoting', version: 'v7', progress: undefined }),
  );
  t.deepEqual(state.mode, drawingMode);
});

test('the selected row stays within the table', t => {
  const shown = reduce(exampleState(), changed(compared));
  const moved = (steps: number) => reduce(shown, { type: 'gate-row-moved', steps }).mode;
  t.deepEqual(moved(-1), { type: 'gate', row: 0 });
  t.deepEqual(moved(999), { type: 'gate', row: gate.rows.length - 1 });
  const drawing = exampleState();
  t.is(reduce(drawing, { type: 'gate-row-moved', steps: 1 }), drawing);
});

test('the service’s model is the one that a prediction names', t => {
  const start = exampleState({ service: connectedService });
  const raster = rasterOf(start);
  const prediction = { ...sevenPrediction, model: newModel };
  const state = after(
    start,
    { type: 'prediction-requested', raster },
    { type: 'prediction-received', raster, prediction, isExplained: false },
  );
  t.deepEqual(state.service, { ...connectedService, model: newModel });
});

test('a model that is served already, or without a connection, changes nothing', t => {
  const connected = exampleState({ service: connectedService });
  const model = { name: 'digits', version: '5.7.11' };
  t.is(reduce(connected, { type: 'model-served', model }), connected);
  const starting = exampleState();
  t.is(reduce(starting, { type: 'model-served', model: newModel }), starting);
});
