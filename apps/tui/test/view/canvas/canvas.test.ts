// The canvas in its box: the inset and its placeholder in the frame.

import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import { reduce } from '../../../src/state/reducer.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import { boxed } from '../../../src/view/canvas/box.ts';
import { createCanvasInset, memoizeLast } from '../../../src/view/canvas/canvas-inset.ts';
import { fillPlaceholder, placeholderRows } from '../../../src/view/canvas/canvas-placeholder.ts';
import { exampleState } from '../../state/example-state.ts';
import { drawSeven, explained } from '../components/seven.ts';

const after = (actions: readonly Action[], state: State = exampleState()) =>
  actions.reduce(reduce, state);

test('the inset is the picture in its box, in the form that fits the window', t => {
  const inset = createCanvasInset();
  t.like(inset(exampleState()), { columns: 30, rows: { length: 16 } });
  const large = inset(exampleState({ window: { columns: 200, rows: 60 } }));
  t.like(large, { columns: 58, rows: { length: 30 } });
  t.is(large?.rows[0], `╭${'─'.repeat(56)}╮`);
});

test('there is no inset in a window that is too small', t => {
  t.is(createCanvasInset()(exampleState({ window: { columns: 40, rows: 10 } })), undefined);
});

test('there is no inset for a screen reader, in any window', t => {
  const { capabilities } = exampleState();
  for (const window of [
    { columns: 80, rows: 24 },
    { columns: 200, rows: 60 },
  ]) {
    const state = exampleState({ window, capabilities: { ...capabilities, isScreenReader: true } });
    t.is(createCanvasInset()(state), undefined);
  }
});

const changes: readonly (readonly [what: string, action: Action])[] = [
  ['ink', { type: 'inverted' }],
  ['the keyboard’s pen', { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 }],
  ['the theme', { type: 'settings-changed', settings: { theme: 'light' } }],
  ['the explanation', { type: 'explanation-toggled' }],
  ['the window', { type: 'window-resized', window: { columns: 200, rows: 60 } }],
];

/** A seven with its prediction. */
function predictedSeven(): State {
  const state = after(drawSeven);
  return {
    ...state,
    predicted: { raster: rasterOf(state), prediction: explained, isExplained: true },
  };
}

for (const [what, action] of changes) {
  test(`${what} changes the inset once`, t => {
    const inset = createCanvasInset();
    const state = predictedSeven();
    const before = inset(state);
    const changed = reduce(state, action);
    const next = inset(changed);
    t.notDeepEqual(next, before);
    t.is(inset({ ...changed }), next);
  });
}

test('a notice does not change the inset', t => {
  const inset = createCanvasInset();
  const state = after(drawSeven);
  const notice = { text: 'saved', isBad: false };
  t.is(inset(reduce(state, { type: 'notice-shown', notice })), inset(state));
});

test('a function is not called again with the same arguments', t => {
  let calls = 0;
  const pair = memoizeLast((one: number | undefined, other: string) => {
    calls++;
    return [one, other];
  });
  const first = pair(undefined, 'a');
  t.is(pair(undefined, 'a'), first);
  t.deepEqual(pair(3, 'a'), [3, 'a']);
  t.deepEqual(pair(3, 'b'), [3, 'b']);
  t.deepEqual(pair(undefined, 'a'), [undefined, 'a']);
  t.is(calls, 4);
});

const [placeholder = ''] = placeholderRows(5, 1);
const exampleFrame = ['title', `  ${placeholder}  seven`, `  ${placeholder}`, 'keys'];

test('an inset replaces its placeholder and nothing else', t => {
  const inset = { rows: ['\u{1b}[31mabcde\u{1b}[39m', '$&$$1'], columns: 5 };
  t.deepEqual(fillPlaceholder(exampleFrame, inset), [
    'title',
    '  \u{1b}[31mabcde\u{1b}[39m  seven',
    '  $&$$1',
    'keys',
  ]);
});

test('a placeholder without an inset of its size is empty', t => {
  const empty = ['title', '         seven', '       ', 'keys'];
  t.deepEqual(fillPlaceholder(exampleFrame, undefined), empty);
  t.deepEqual(fillPlaceholder(exampleFrame, { rows: ['abc', 'abc'], columns: 3 }), empty);
  t.deepEqual(fillPlaceholder(exampleFrame, { rows: ['abcde'], columns: 5 }), empty);
});

test('a frame without placeholder is unchanged', t => {
  const frame = ['an error', 'and where'];
  t.deepEqual(fillPlaceholder(frame, { rows: ['abcde'], columns: 5 }), frame);
});

test('a box has round or ASCII lines', t => {
  t.deepEqual(boxed(['ab'], 2, { glyphs: 'unicode' }), ['╭──╮', '│ab│', '╰──╯']);
  t.deepEqual(boxed(['ab'], 2, { glyphs: 'ascii' }), ['+--+', '|ab|', '+--+']);
});

test('a position in the box is marked at all four edges', t => {
  const box = boxed(['abc', 'def'], 3, { glyphs: 'unicode' }, { column: 1, row: 1 });
  t.deepEqual(box, ['╭─┬─╮', '│abc│', '├def┤', '╰─┴─╯']);
});
