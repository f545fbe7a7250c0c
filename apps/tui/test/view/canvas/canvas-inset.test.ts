import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import { reduce } from '../../../src/state/reducer.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import { createCanvasInset } from '../../../src/view/canvas/canvas-inset.ts';
import { beginning } from '../../state/beginning.ts';
import { drawSeven, explained } from '../components/seven.ts';

const after = (actions: readonly Action[], state: State = beginning()) =>
  actions.reduce(reduce, state);

test('the inset is the box with the picture in it, as large as the window has room for', t => {
  const inset = createCanvasInset();
  t.like(inset(beginning()), { columns: 30, rows: { length: 16 } });
  const large = inset(beginning({ window: { columns: 200, rows: 60 } }));
  t.like(large, { columns: 58, rows: { length: 30 } });
  t.is(large?.rows[0], `╭${'─'.repeat(56)}╮`);
});

test('a window that is too small has none', t => {
  t.is(createCanvasInset()(beginning({ window: { columns: 40, rows: 10 } })), undefined);
});

const changes: readonly (readonly [what: string, action: Action])[] = [
  ['ink', { type: 'inverted' }],
  ['the keyboard’s pen', { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 }],
  ['the theme', { type: 'settings-changed', settings: { theme: 'light' } }],
  ['the explanation', { type: 'explanation-toggled' }],
  ['the window', { type: 'window-resized', window: { columns: 200, rows: 60 } }],
];

/** A seven with the answer to it. */
function answered(): State {
  const state = after(drawSeven);
  return { ...state, predicted: { raster: rasterOf(state), prediction: explained } };
}

for (const [what, action] of changes) {
  test(`${what} makes another inset, once`, t => {
    const inset = createCanvasInset();
    const state = answered();
    const before = inset(state);
    const changed = reduce(state, action);
    const next = inset(changed);
    t.notDeepEqual(next, before);
    t.is(inset({ ...changed }), next);
  });
}

test('what is said beside the canvas leaves the inset as it is', t => {
  const inset = createCanvasInset();
  const state = after(drawSeven);
  const notice = { text: 'saved', isBad: false };
  t.is(inset(reduce(state, { type: 'notice-shown', notice })), inset(state));
});
