// The canvas in its box: the inset and its placeholder in the frame.

import { rasterOf } from '@digits/client';
import { bordered, borderOf } from '@digits/screen';
import test from 'ava';
import type { Action } from '../../../src/state/action.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { State } from '../../../src/state/state.ts';
import { createCanvasInset, memoizeLast } from '../../../src/view/canvas/canvas-inset.ts';
import {
  fillTemplate,
  type InsetName,
  type Insets,
  placeholderCells,
  templateOf,
} from '../../../src/view/canvas/canvas-placeholder.ts';
import type { DisplayStyle } from '../../../src/view/display-style.ts';
import { exampleState } from '../../state/example-state.ts';
import { drawSeven, explained } from '../components/seven.ts';

const after = (actions: readonly Action[], state: State = exampleState()) =>
  actions.reduce(reduce, state);

test('the inset is the picture in its box, in the form that fits the window', t => {
  const inset = createCanvasInset();
  t.like(inset(exampleState()), { columns: 30, rows: { length: 16 } });
  const large = inset(exampleState({ window: { columns: 200, rows: 60 } }));
  t.like(large, { columns: 58, rows: { length: 30 } });
  t.regex(large?.rows[0] ?? '', /Canvas/);
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

function placeholderRow(name: InsetName, columns: number): string {
  const cell = placeholderCells[name];
  return `${cell}${' '.repeat(columns - 2)}${cell}`;
}

function fillPlaceholders(frame: readonly string[], insets: Insets): string[] {
  return fillTemplate(templateOf(frame), insets);
}

const placeholder = placeholderRow('canvas', 5);
const exampleFrame = ['title', `  ${placeholder}  seven`, `  ${placeholder}`, 'keys'];

const none = { canvas: undefined, network: undefined };

test('an inset replaces its placeholder and nothing else', t => {
  const canvas = { rows: ['\u{1b}[31mabcde\u{1b}[39m', '$&$$1'], columns: 5 };
  t.deepEqual(fillPlaceholders(exampleFrame, { ...none, canvas }), [
    'title',
    '  \u{1b}[31mabcde\u{1b}[39m  seven',
    '  $&$$1',
    'keys',
  ]);
});

test('two insets may be side by side, and one of them higher', t => {
  const other = placeholderRow('network', 3);
  const frame = [`${placeholder}${other}`, `     ${other}`];
  const canvas = { rows: ['abcde'], columns: 5 };
  const network = { rows: ['xyz', '123'], columns: 3 };
  t.deepEqual(fillPlaceholders(frame, { canvas, network }), ['abcdexyz', '     123']);
  t.deepEqual(fillPlaceholders(frame, { ...none, network }), ['     xyz', '     123']);
});

test('a placeholder without an inset of its size is empty', t => {
  const empty = ['title', '         seven', '       ', 'keys'];
  t.deepEqual(fillPlaceholders(exampleFrame, none), empty);
  const canvas = { rows: ['abc', 'abc'], columns: 3 };
  t.deepEqual(fillPlaceholders(exampleFrame, { ...none, canvas }), empty);
});

test('a frame without placeholder is unchanged', t => {
  const frame = ['an error', 'and where'];
  const canvas = { rows: ['abcde'], columns: 5 };
  t.deepEqual(fillPlaceholders(frame, { ...none, canvas }), frame);
});

const plain = { colours: 'none', theme: 'dark', glyphs: 'unicode' } as const;

test('a border has round or ASCII lines', t => {
  const around = (style: DisplayStyle) => bordered(['ab'], borderOf(2, {}, style));
  t.deepEqual(around(plain), ['╭──╮', '│ab│', '╰──╯']);
  t.deepEqual(around({ ...plain, glyphs: 'ascii' }), ['+--+', '|ab|', '+--+']);
});

test('a position within the border is marked at all four edges, even over the title', t => {
  const mark = { column: 1, row: 1 };
  t.deepEqual(bordered(['abc', 'def'], borderOf(3, {}, plain, mark)), [
    '╭─┬─╮',
    '│abc│',
    '├def┤',
    '╰─┴─╯',
  ]);
  const title = { text: 'title', tone: 'strong' } as const;
  t.is(borderOf(9, { title }, plain, { column: 3, row: 0 }).top, '╭─ t┬tle ─╮');
});

test('texts are in the edges: a long title is cut off, and a text at the right goes first', t => {
  const text = (of: string) => ({ text: of, tone: 'quiet' }) as const;
  const topOf = (columns: number) =>
    borderOf(columns, { title: text('title'), topRight: text('right') }, plain).top;
  t.is(topOf(20), '╭─ title ──── right ─╮');
  t.is(topOf(17), '╭─ title ─ right ─╮');
  t.is(topOf(16), '╭─ title ────────╮');
  t.is(topOf(8), '╭─ tit… ─╮');
  const { bottom } = borderOf(11, { bottomLeft: text('a'), bottomRight: text('b') }, plain);
  t.is(bottom, '╰─ a ─── b ─╯');
});

test('border and title have tones of their own', t => {
  const style = { ...plain, colours: 'full' } as const;
  const { top } = borderOf(5, { title: { text: 'a', tone: 'strong' } }, style);
  const grey = '\u{1b}[38;2;88;88;88m';
  t.is(top, `${grey}╭─\u{1b}[39m\u{1b}[1m a \u{1b}[22m${grey}─╮\u{1b}[39m`);
});
