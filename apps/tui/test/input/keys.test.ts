// The commands of keys, and the pace at which keys are passed on.

import test from 'ava';
import type { Key } from 'ink';
import {
  type Command,
  commandsOf,
  type KeyContext,
  splitKeys,
} from '../../src/input/key-commands.ts';
import { PacedKeys } from '../../src/input/paced-keys.ts';
import type { Action } from '../../src/state/action.ts';
import type { PromotionDecision } from '../../src/state/gate.ts';
import { drawingMode, type Mode } from '../../src/state/mode.ts';
import { startPractice } from '../../src/state/practice.ts';
import { KeyStream } from '../../src/terminal/key-stream.ts';

const time = 17;
const situation = (mode: Mode): KeyContext => ({ mode, practice: undefined });
const commands = (input: string, key: Partial<Key> = {}, mode: Mode = drawingMode): Command[] =>
  commandsOf(input, key as Key, situation(mode), time);
const dispatch = (action: Action): Command => ({ type: 'dispatch', action });
const moved = (dx: number, dy: number) => dispatch({ type: 'pen-moved', dx, dy, timeMs: time });
const leave = dispatch({ type: 'mode-changed', mode: drawingMode });

test('arrows move the pen by one pixel, and with Shift the drawing', t => {
  t.deepEqual(commands('', { leftArrow: true }), [moved(-1, 0)]);
  t.deepEqual(commands('', { rightArrow: true }), [moved(1, 0)]);
  t.deepEqual(commands('', { upArrow: true }), [moved(0, -1)]);
  t.deepEqual(commands('', { downArrow: true }), [moved(0, 1)]);
  t.deepEqual(commands('', { upArrow: true, shift: true }), [
    dispatch({ type: 'shifted', dx: 0, dy: -1 }),
  ]);
});

test('h, j, k and l move the pen as in vi, capitals the drawing', t => {
  t.deepEqual(commands('h'), [moved(-1, 0)]);
  t.deepEqual(commands('j'), [moved(0, 1)]);
  t.deepEqual(commands('k'), [moved(0, -1)]);
  t.deepEqual(commands('l'), [moved(1, 0)]);
  t.deepEqual(commands('L', { shift: true }), [dispatch({ type: 'shifted', dx: 1, dy: 0 })]);
});

const characters: readonly (readonly [string, Command])[] = [
  [' ', dispatch({ type: 'pen-toggled', timeMs: time })],
  ['e', dispatch({ type: 'tool-toggled' })],
  ['[', dispatch({ type: 'brush-changed', steps: -1 })],
  [']', dispatch({ type: 'brush-changed', steps: 1 })],
  ['u', dispatch({ type: 'undone' })],
  ['r', dispatch({ type: 'redone' })],
  ['c', dispatch({ type: 'cleared' })],
  ['i', dispatch({ type: 'inverted' })],
  ['f', dispatch({ type: 'mode-changed', mode: { type: 'correcting' } })],
  ['x', dispatch({ type: 'explanation-toggled' })],
  ['?', dispatch({ type: 'mode-changed', mode: { type: 'help' } })],
  [',', dispatch({ type: 'mode-changed', mode: { type: 'settings', row: 0 } })],
  ['s', { type: 'open-text-field', purpose: 'save' }],
  ['o', { type: 'open-text-field', purpose: 'open' }],
  ['m', { type: 'toggle-mouse' }],
  ['p', { type: 'toggle-practice' }],
  ['t', { type: 'learn' }],
  ['q', { type: 'quit' }],
];

for (const [character, command] of characters) {
  test(`${JSON.stringify(character)} means ${JSON.stringify(command)}`, t => {
    t.deepEqual(commands(character), [command]);
  });
}

test('Enter requests a prediction, and in practice it submits the round', t => {
  t.deepEqual(commands('', { return: true }), [{ type: 'request-prediction' }]);
  const practice = startPractice(1);
  const submitted = commandsOf('', { return: true } as Key, { mode: drawingMode, practice }, time);
  t.deepEqual(submitted, [{ type: 'submit-round' }]);
});

test('q and Ctrl+C quit, Ctrl+C in every mode', t => {
  t.deepEqual(commands('c', { ctrl: true }), [{ type: 'quit' }]);
  const typing: Mode = { type: 'typing', purpose: 'save', text: '', hint: '' };
  t.deepEqual(commands('c', { ctrl: true }, typing), [{ type: 'quit' }]);
  t.deepEqual(commands('q', {}, typing), []);
});

test('keys that arrive together are split, except in a text field', t => {
  t.deepEqual(splitKeys('f4', situation(drawingMode)), ['f', '4']);
  t.deepEqual(splitKeys('', situation(drawingMode)), ['']);
  const typing: Mode = { type: 'typing', purpose: 'save', text: '', hint: '' };
  t.deepEqual(splitKeys('f4', situation(typing)), ['f4']);
});

test('after f a digit corrects, and any other key cancels', t => {
  const correcting: Mode = { type: 'correcting' };
  t.deepEqual(commands('4', {}, correcting), [{ type: 'correct', digit: 4 }]);
  t.deepEqual(commands('x', {}, correcting), [leave]);
  t.deepEqual(commands('', { escape: true }, correcting), [leave]);
});

test('Esc leads back to drawing from every mode', t => {
  const modes: readonly Mode[] = [
    { type: 'correcting' },
    { type: 'typing', purpose: 'open', text: 'x', hint: '' },
    { type: 'help' },
    { type: 'settings', row: 2 },
    { type: 'asking-consent' },
  ];
  for (const mode of modes) t.deepEqual(commands('', { escape: true }, mode), [leave]);
});

test('in the settings arrows select a line and Enter changes it', t => {
  const settings: Mode = { type: 'settings', row: 1 };
  t.deepEqual(commands('', { downArrow: true }, settings), [
    dispatch({ type: 'setting-row-moved', steps: 1 }),
  ]);
  t.deepEqual(commands('', { return: true }, settings), [{ type: 'change-setting', row: 'live' }]);
});

test('consent is answered with y or n only', t => {
  t.deepEqual(commands('Y', {}, { type: 'asking-consent' }), [
    { type: 'set-practice-consent', isGiven: true },
  ]);
  t.deepEqual(commands('n', {}, { type: 'asking-consent' }), [
    { type: 'set-practice-consent', isGiven: false },
  ]);
  t.deepEqual(commands('x', {}, { type: 'asking-consent' }), []);
});

test('characters with Ctrl or Alt do nothing', t => {
  t.deepEqual(commands('q', { ctrl: true }), []);
  t.deepEqual(commands('q', { meta: true }), []);
  t.deepEqual(commands('z', { ctrl: true }), []);
});

test('y stops the training, any other key continues it', t => {
  const stopping: Mode = { type: 'confirming-stop' };
  t.deepEqual(commands('y', {}, stopping), [{ type: 'stop-learning' }]);
  t.deepEqual(commands('Y', {}, stopping), [{ type: 'stop-learning' }]);
  t.deepEqual(commands('t', {}, stopping), [leave]);
  t.deepEqual(commands('', { escape: true }, stopping), [leave]);
});

test('in the gate’s table y promotes, n does not, Esc postpones and arrows select a row', t => {
  const gate: Mode = { type: 'gate', row: 3 };
  const decide = (decision: PromotionDecision): Command[] => [{ type: 'decide', decision }];
  t.deepEqual(commands('y', {}, gate), decide('promote'));
  t.deepEqual(commands('N', {}, gate), decide('leave'));
  t.deepEqual(commands('', { escape: true }, gate), decide('later'));
  t.deepEqual(commands('', { downArrow: true }, gate), [
    dispatch({ type: 'gate-row-moved', steps: 1 }),
  ]);
  t.deepEqual(commands('k', {}, gate), [dispatch({ type: 'gate-row-moved', steps: -1 })]);
  t.deepEqual(commands('q', {}, gate), [{ type: 'quit' }]);
  t.deepEqual(commands('c', {}, gate), []);
});

function setUpPacing(isPaced: () => boolean) {
  const source = new KeyStream({ setRawMode() {}, ref() {}, unref() {} });
  const keys = new PacedKeys(source, isPaced);
  const read: (string | null)[] = [];
  keys.on('readable', () => read.push(keys.read()));
  return { source, keys, read };
}

const turn = () => new Promise(setImmediate);

test('keys are passed on at once', t => {
  const { source, keys, read } = setUpPacing(() => false);
  source.write('a');
  source.write('b');
  t.deepEqual(read, ['a', 'b']);
  t.is(keys.read(), null);
});

test('while text is typed each key has its own turn, in order', async t => {
  const { source, read } = setUpPacing(() => true);
  for (const key of ['a', 'b', 'c']) source.write(key);
  t.deepEqual(read, []);
  await turn();
  t.deepEqual(read, ['a']);
  await turn();
  await turn();
  t.deepEqual(read, ['a', 'b', 'c']);
});

test('keys after the one that opens a text field are paced and stay in order', async t => {
  let isTyping = false;
  const { source, keys, read } = setUpPacing(() => isTyping);
  keys.on('readable', () => {
    isTyping = read.at(-1) === 's' || (isTyping && read.at(-1) !== '\r');
  });
  for (const key of ['s', 'a', '\r', 'q']) source.write(key);
  t.deepEqual(read, ['s']);
  for (let count = 0; count < 3; count++) await turn();
  t.deepEqual(read, ['s', 'a', '\r', 'q']);
});
