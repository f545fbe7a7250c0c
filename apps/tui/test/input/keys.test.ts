// The commands of keys, and those that a flood of keys does not give.

import { startPractice } from '@digits/client';
import test from 'ava';
import type { Key } from 'ink';
import type { Command } from '../../src/input/command.ts';
import { commandsOf, splitKeys } from '../../src/input/key-commands.ts';
import { createKeyHandler } from '../../src/input/key-handler.ts';
import { pastedPaths } from '../../src/input/pasted-paths.ts';
import type { Action } from '../../src/state/action.ts';
import type { PromotionDecision } from '../../src/state/learning/gate.ts';
import { drawingMode, type Mode } from '../../src/state/mode.ts';
import type { State } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import type { TextEdit } from '../../src/state/text-field.ts';
import { layoutOf, minWindowSize } from '../../src/view/layout.ts';
import { helpPlaceOf } from '../../src/view/places.ts';
import { maxHelpTop } from '../../src/view/text/help.ts';
import { exampleState } from '../state/example-state.ts';

const time = 17;
const situation = (mode: Mode): State => exampleState({ mode, window: minWindowSize });
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
  ['?', dispatch({ type: 'mode-changed', mode: { type: 'help', top: 0 } })],
  [',', dispatch({ type: 'mode-changed', mode: { type: 'settings', row: 0 } })],
  ['s', { type: 'open-text-field', purpose: 'save' }],
  ['o', { type: 'open-text-field', purpose: 'open' }],
  ['m', { type: 'toggle-mouse' }],
  ['p', { type: 'toggle-practice' }],
  ['t', { type: 'learn' }],
  ['w', { type: 'watch', step: 'open' }],
  ['q', { type: 'quit' }],
];

test('while a network learns the drawing keys draw, and others control the training', t => {
  const watching = (input: string, key: Partial<Key> = {}) =>
    commands(input, key, { type: 'watching' });
  t.deepEqual(watching('', { leftArrow: true }), [moved(-1, 0)]);
  t.deepEqual(watching('c'), [dispatch({ type: 'cleared' })]);
  for (const [input, step] of [
    ['p', 'pause'],
    ['w', 'keep'],
    ['s', 'stop'],
  ] as const) {
    t.deepEqual(watching(input), [{ type: 'watch', step }]);
  }
  t.deepEqual(watching('', { escape: true }), [{ type: 'watch', step: 'leave' }]);
  for (const input of ['f', 't', 'o', '?', ',']) t.deepEqual(watching(input), [], input);
});

test('in the form of a network to watch, arrows select and change, and Enter trains', t => {
  const choosing = (input: string, key: Partial<Key> = {}, row = 1) =>
    commands(input, key, { type: 'choosing-training', row });
  const selected = (row: number) =>
    dispatch({ type: 'mode-changed', mode: { type: 'choosing-training', row } });
  t.deepEqual(choosing('', { downArrow: true }), [selected(2)]);
  t.deepEqual(choosing('', { upArrow: true }, 0), [selected(0)]);
  t.deepEqual(choosing('', { rightArrow: true }), [
    { type: 'choose-training', row: 'learningRate', steps: 1 },
  ]);
  t.deepEqual(choosing('h'), [{ type: 'choose-training', row: 'learningRate', steps: -1 }]);
  t.deepEqual(choosing('', { return: true }), [{ type: 'watch', step: 'start' }]);
  t.deepEqual(choosing('', { escape: true }), [{ type: 'watch', step: 'leave' }]);
});

for (const [character, command] of characters) {
  test(`${JSON.stringify(character)} means ${JSON.stringify(command)}`, t => {
    t.deepEqual(commands(character), [command]);
  });
}

test('Enter requests a prediction, and in practice it submits the round', t => {
  t.deepEqual(commands('', { return: true }), [{ type: 'request-prediction' }]);
  const practice = startPractice(1);
  const submitted = commandsOf(
    '',
    { return: true } as Key,
    { ...situation(drawingMode), practice },
    time,
  );
  t.deepEqual(submitted, [{ type: 'submit-round' }]);
});

test('q and Ctrl+C quit, Ctrl+C in every mode', t => {
  t.deepEqual(commands('c', { ctrl: true }), [{ type: 'quit' }]);
  const typing: Mode = { type: 'typing', purpose: 'save', text: '', hint: '' };
  t.deepEqual(commands('c', { ctrl: true }, typing), [{ type: 'quit' }]);
  const edit = { type: 'insert', text: 'q' } as const;
  t.deepEqual(commands('q', {}, typing), [dispatch({ type: 'text-edited', edit })]);
});

test('in a text field keys edit the text, Tab completes it and Enter submits it', t => {
  const typing: Mode = { type: 'typing', purpose: 'save', text: 'ab', hint: '' };
  const edits: readonly (readonly [Partial<Key>, TextEdit['type']])[] = [
    [{ backspace: true }, 'delete-before'],
    [{ delete: true }, 'delete-after'],
    [{ leftArrow: true }, 'move-left'],
    [{ rightArrow: true }, 'move-right'],
    [{ home: true }, 'move-to-start'],
    [{ end: true }, 'move-to-end'],
    [{ ctrl: true, leftArrow: true }, 'move-word-left'],
    [{ meta: true, rightArrow: true }, 'move-word-right'],
    [{ meta: true, backspace: true }, 'cut-word-before'],
    [{ ctrl: true, delete: true }, 'cut-word-after'],
    [{ ctrl: true, home: true }, 'move-to-start'],
  ];
  for (const [key, type] of edits) {
    t.deepEqual(commands('', key, typing), [
      dispatch({ type: 'text-edited', edit: { type } as TextEdit }),
    ]);
  }
  t.deepEqual(commands('', { tab: true }, typing), [{ type: 'complete-path' }]);
  t.deepEqual(commands('', { return: true }, typing), [{ type: 'submit-text' }]);
  t.deepEqual(commands('', { upArrow: true }, typing), []);
  t.deepEqual(commands('x', { ctrl: true }, typing), []);
  t.deepEqual(commands('x', { meta: true }, typing), []);
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
    { type: 'help', top: 0 },
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
  for (const key of [{ return: true }, { rightArrow: true }]) {
    t.deepEqual(commands('', key, settings), [{ type: 'change-setting', row: 'live', steps: 1 }]);
  }
  t.deepEqual(commands('', { leftArrow: true }, settings), [
    { type: 'change-setting', row: 'live', steps: -1 },
  ]);
});

test('in the help arrows and pages scroll as far as there is more, any other key leads back', t => {
  const help = (top: number): Mode => ({ type: 'help', top });
  const scrolled = (top: number) => [dispatch({ type: 'help-scrolled', top })];
  t.deepEqual(commands('', { downArrow: true }, help(0)), scrolled(1));
  t.deepEqual(commands('', { upArrow: true }, help(0)), scrolled(0));
  const last = maxHelpTop(helpPlaceOf(layoutOf(minWindowSize)!));
  t.true(last > 0);
  for (const key of [{ downArrow: true }, { pageDown: true }, { end: true }]) {
    t.deepEqual(commands('', key, help(last)), scrolled(last));
  }
  t.deepEqual(commands('', { home: true }, help(last)), scrolled(0));
  t.deepEqual(commands('z', {}, help(1)), [leave]);
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

/** The commands of keys in a mode, typed or in a flood. */
function handled(mode: Mode, keys: string, isFlood: boolean): Command['type'][] {
  const commands: Command['type'][] = [];
  const { onKey } = createKeyHandler(
    createStore(exampleState({ mode })),
    ({ type }) => commands.push(type),
    () => isFlood,
  );
  onKey(keys, (keys === '' ? { return: true } : {}) as Key);
  return commands;
}

const storing: readonly (readonly [Mode, string, Command['type']])[] = [
  [{ type: 'correcting' }, '7', 'correct'],
  [{ type: 'typing', purpose: 'save', text: 'x', hint: '' }, '', 'submit-text'],
  [{ type: 'asking-consent' }, 'y', 'set-practice-consent'],
  [{ type: 'settings', row: 0 }, '', 'change-setting'],
  [{ type: 'gate', row: 0 }, 'y', 'decide'],
  [{ type: 'confirming-stop' }, 'y', 'stop-learning'],
  [drawingMode, 't', 'learn'],
];

for (const [mode, key, command] of storing) {
  test(`typing gives the command ${command}, a flood of keys does not`, t => {
    t.deepEqual(handled(mode, key, false), [command]);
    t.deepEqual(handled(mode, key, true), []);
  });
}

test('keys that store nothing are obeyed in a flood too', t => {
  t.deepEqual(handled({ type: 'help', top: 0 }, 'q', true), ['quit']);
  t.deepEqual(handled(drawingMode, 'e?', true), ['dispatch', 'dispatch']);
});

const pasted: readonly (readonly [text: string, paths: readonly string[]])[] = [
  ['/a/b.png', ['/a/b.png']],
  ["'/a/my file.png' \n", ['/a/my file.png']],
  ["'/a/it'\\''s.png'", ["/a/it's.png"]],
  ['/a/my\\ file\\ \\(1\\).png ', ['/a/my file (1).png']],
  ['"/a/the \\"x\\" y.png"', ['/a/the "x" y.png']],
  ['/a/my file.png', ['/a/my file.png']],
  ['/a/b.png  ~/c d.png\n../e.png', ['/a/b.png', '~/c d.png', '../e.png']],
  ['file:///a/b%20c.png\nfile:///d.png\n', ['/a/b c.png', '/d.png']],
  ['file:///C:/x%20y.png', ['/mnt/c/x y.png']],
  ['C:\\Users\\me\\my seven.png', ['/mnt/c/Users/me/my seven.png']],
  ['"C:\\a b\\x.png" "D:\\y.png"', ['/mnt/c/a b/x.png', '/mnt/d/y.png']],
  ['"\\\\wsl$\\Ubuntu\\home\\x y.png"', ['/home/x y.png']],
  ['file://wsl.localhost/Ubuntu/home/x.png', ['/home/x.png']],
  ['seven.JPEG', ['seven.JPEG']],
  ["don't/x.webp", ["don't/x.webp"]],
  ['', []],
  ["'", []],
  ['hello world', []],
  ['"Hello," she said', []],
  ['/a/b.png\nand more', []],
  ['https://example.org/x.png', []],
  ['file://host/x.png', []],
  ['file:///%zz.png', []],
  ['file:///a%00.png', []],
];

for (const [text, paths] of pasted) {
  test(`${JSON.stringify(text)} has the paths [${paths}]`, t => {
    t.deepEqual(pastedPaths(text, 'linux'), paths);
  });
}

test('on Windows backslashes are not escapes', t => {
  t.deepEqual(pastedPaths('"C:\\a b\\x.png" D:\\it\'s\\y.png', 'win32'), [
    ...['C:\\a b\\x.png', "D:\\it's\\y.png"],
  ]);
  t.deepEqual(pastedPaths('file:///C:/x%20y.png', 'win32'), ['C:\\x y.png']);
});

test('a long paste of any characters is read at once', t => {
  for (const piece of [' ', '"', "/'", '/"\\"', '/ ', '\n', 'C:\\ ']) {
    t.deepEqual(pastedPaths(`/${piece.repeat(30_000 / piece.length)}\0`, 'linux'), []);
  }
});
