// Whole frames as Ink writes them, seen through a terminal emulator.

import { EventEmitter } from 'node:events';
import { drawStrokes } from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { render } from 'ink';
import { createElement } from 'react';
import { App } from '../../src/components/App.tsx';
import type { Prediction } from '../../src/service/answers.ts';
import type { Action } from '../../src/state/action.ts';
import { initialState } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { KeyStream } from '../../src/terminal/key-stream.ts';
import { createScreen, pixelsOn } from '../emulated-screen.ts';
import { SEVEN_PREDICTION } from '../fake-service.ts';

type SetUpOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly isColoured?: boolean;
};

/** The app on an emulated terminal, after some actions; `type` presses keys. */
async function setUp(
  t: ExecutionContext,
  actions: readonly Action[] = [],
  options: SetUpOptions = {},
) {
  const { columns = 80, rows = 24, isColoured = true } = options;
  const screen = createScreen(columns, rows);
  const store = createStore(
    initialState({ columns, rows }, { kind: 'starting', missing: undefined }),
  );
  let output = '';
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns,
    rows,
    write(text: string, done?: () => void) {
      // A terminal's driver makes a line feed start a new line.
      output += text.replaceAll('\n', '\r\n');
      done?.();
      return true;
    },
  });
  const keys = new KeyStream({ setRawMode() {}, ref() {}, unref() {} });
  const asked: string[] = [];
  const instance = render(
    createElement(App, {
      store,
      isColoured,
      onAsk: () => asked.push('ask'),
      onQuit: () => asked.push('quit'),
    }),
    {
      stdout: stdout as never,
      stdin: keys as never,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
    },
  );
  t.teardown(() => instance.unmount());
  /** Waits until the screen shows the current state. */
  const settle = async () => {
    await instance.waitUntilRenderFlush();
    await screen.write(output);
    output = '';
  };
  await settle();
  actions.forEach(store.dispatch);
  await settle();
  const type = async (...typed: readonly string[]) => {
    for (const key of typed) keys.write(key);
    await settle();
  };
  /** Gives the answer to a question about the drawing as it is. */
  const ask = async (prediction: Prediction) => {
    const { raster } = store.getState();
    store.dispatch({ type: 'asked', raster });
    store.dispatch({ type: 'answered', raster, prediction });
    await settle();
  };
  return { screen, store, asked, type, ask };
}

const SEVEN_STROKES = [
  [
    [7.5, 7],
    [20.5, 7],
    [12.5, 23],
  ],
] as const;

const DRAW_SEVEN: readonly Action[] = [
  { type: 'stroke-began', at: [7.5, 7] },
  { type: 'stroke-continued', to: [20.5, 7] },
  { type: 'stroke-continued', to: [12.5, 23] },
  { type: 'stroke-ended' },
];

test('at 80×24 the screen is a title, the canvas, the answer beside it, a status and the keys', async t => {
  const { screen } = await setUp(t);
  const lines = screen.lines();
  t.is(lines[0], 'digits – draw a digit, press Enter, read which one it is');
  t.is(lines[1], `╭${'─'.repeat(28)}╮  Digit:`);
  for (const line of lines.slice(2, 16)) t.true(line.startsWith(`│${'▀'.repeat(28)}│`));
  t.is(lines[16], `╰${'─'.repeat(28)}╯`);
  t.is(lines[17], 'Starting a service …');
  t.is(lines[19], 'Draw: mouse, or arrows and Space   Enter: ask   c: clear   q: quit');
  t.deepEqual(lines.slice(20), ['', '', '', '']);
});

test('every pixel of the drawing is on the screen with its own grey', async t => {
  const { screen } = await setUp(t, DRAW_SEVEN);
  t.deepEqual(pixelsOn(screen), [...drawStrokes(SEVEN_STROKES)]);
});

test('the answer is a digit, a certainty and ten bars', async t => {
  const { screen, ask } = await setUp(t, DRAW_SEVEN);
  await ask(SEVEN_PREDICTION);
  const panel = screen.lines().map(line => line.slice(32));
  t.is(panel[1], 'Digit: 7');
  t.is(panel[2], '98.3 % certain');
  t.is(panel[4], `0 ${' '.repeat(24)}   0.1 %`);
  t.is(panel[11], `7 ${'█'.repeat(23)}▋  98.3 %`);
});

test('an answer about a former drawing is marked', async t => {
  const { screen, ask, type } = await setUp(t, DRAW_SEVEN);
  await ask(SEVEN_PREDICTION);
  await type(' ');
  const lines = screen.lines();
  t.true(lines[2]?.endsWith('98.3 % certain (former drawing)'));
  t.is(lines[18], 'Changed since. Enter asks again.');
});

test('keys move the pen and draw', async t => {
  const { screen, store, type } = await setUp(t);
  await type(' ', '\u{1b}[C', 'l', ' ');
  t.like(store.getState().pen, { x: 16, y: 14, isDown: false });
  t.true(screen.lines().some(line => line.endsWith('Pen up at column 17, row 15')));
  // The pen's pixel is marked, in a colour that no grey has.
  t.is(screen.cell(1 + 16, 2 + 7).foreground, 0xffb000);
});

test('Enter asks, q and Ctrl+C quit', async t => {
  const { asked, type } = await setUp(t);
  await type('\r', 'q', '\u{3}');
  t.deepEqual(asked, ['ask', 'quit', 'quit']);
});

test('without colour nothing is coloured, and the terminal cursor shows the pen', async t => {
  const { screen, type } = await setUp(t, DRAW_SEVEN, { isColoured: false });
  const lines = screen.lines();
  t.true(lines.some(line => line.includes('█')));
  for (let row = 0; row < 24; row++) {
    for (let column = 0; column < 80; column++) {
      const { foreground, background } = screen.cell(column, row);
      t.deepEqual([foreground, background], [undefined, undefined]);
    }
  }
  // The stroke left the pen on the pixel in column 12 and row 23.
  await type('j');
  t.deepEqual(screen.cursor(), { column: 1 + 12, row: 2 + 24 / 2 });
});

test('a window that is too small gets a plain sentence', async t => {
  const { screen, asked, type } = await setUp(t, [], { columns: 40, rows: 10 });
  t.deepEqual(
    screen.lines().filter(line => line !== ''),
    [
      'Drawing needs a window of at least 66×22',
      ' characters; this one has 40×10.',
      'Enlarge it to go on, or press q to quit.',
    ],
  );
  await type('\r', 'q');
  t.deepEqual(asked, ['quit']);
});

for (const [columns, rows] of [
  [66, 22],
  [80, 24],
  [200, 60],
] as const) {
  test(`at ${columns}×${rows} no row is broken and the canvas stays where it is`, async t => {
    const { screen } = await setUp(t, DRAW_SEVEN, { columns, rows });
    t.deepEqual(pixelsOn(screen), [...drawStrokes(SEVEN_STROKES)]);
    t.true(screen.lines()[19]?.endsWith('q: quit'));
  });
}

test('why there is no service takes two rows at most, and the keys stay in sight', async t => {
  const why = 'Our own service did not start, for reasons that it told at length. '.repeat(4);
  const service = { kind: 'down', why } as const;
  const { screen } = await setUp(t, [{ type: 'service-changed', service }]);
  const lines = screen.lines();
  t.is(lines[17], 'No service. The drawing stays, Enter tries again.');
  t.true(lines[18]?.startsWith('Our own service did not start'));
  t.not(lines[19], '');
  t.true(lines[20]?.endsWith('q: quit'));
});
