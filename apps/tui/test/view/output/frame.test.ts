// Frames that Ink writes, and the updates that the terminal gets instead.

import test from 'ava';
import fc from 'fast-check';
import { type Insets, placeholderCells } from '../../../src/view/canvas/canvas-placeholder.ts';
import type { DisplayStyle } from '../../../src/view/display-style.ts';
import { FrameOutput } from '../../../src/view/output/frame-output.ts';
import {
  type Frame,
  frameOf,
  frameUpdate,
  inverseCell,
  noFrame,
} from '../../../src/view/output/frame-update.ts';
import { createScreen } from '../../emulated-screen.ts';

function setUpOutput(colours: DisplayStyle['colours'] = 'full') {
  const displayStyle: DisplayStyle = { colours, theme: 'dark', glyphs: 'unicode' };
  const written: string[] = [];
  const terminal = {
    columns: 20,
    rows: 5,
    write(text: string, done?: () => void) {
      if (text !== '') written.push(text);
      done?.();
      return true;
    },
  };
  return {
    terminal,
    written,
    output: new FrameOutput(
      terminal,
      () => displayStyle,
      () => ({ canvas: undefined, network: undefined }),
    ),
  };
}

/** What Ink writes before a frame of two rows: up, and everything erased. */
const erase = '\u{1b}[2K\u{1b}[1A\u{1b}[2K\u{1b}[G';

test('of a second frame only the difference is written, as one synchronized update', t => {
  const { output, written } = setUpOutput();
  output.write('one\ntwo\n');
  output.write(`${erase}one\ntwa\n`);
  t.is(written[1], '\u{1b}[?2026h\u{1b}[2;3Ha\u{1b}[?2026l');
});

test('the same frame writes nothing', t => {
  const { output, written } = setUpOutput();
  output.write('one\ntwo\n');
  output.write(`${erase}one\ntwo\n`);
  t.is(written.length, 1);
});

test('modes are passed on, cursor moves are not', t => {
  const { output, written } = setUpOutput();
  output.write('\u{1b}[?1049h');
  output.write('\u{1b}[?25l');
  output.write('\u{1b}[?2026h');
  output.write(erase);
  t.deepEqual(written, ['\u{1b}[?1049h', '\u{1b}[?25l']);
});

test('the callback of a write is called', t => {
  const { output } = setUpOutput();
  t.plan(1);
  output.write('', () => t.pass());
});

test('a resized window is cleared and drawn again, and a resize event emitted', t => {
  const { output, written, terminal } = setUpOutput();
  output.write('one\ntwo\n');
  output.on('resize', () => t.is(output.columns, 2));
  terminal.columns = 2;
  output.resized();
  t.true(written.slice(1).join('').includes('\u{1b}[H\u{1b}[J'));
  t.true(written.at(-1)?.includes('on'));
  t.false(written.at(-1)?.includes('one'));
  t.plan(4);
});

test('without colour the terminal’s cursor is at the inverse cell', t => {
  const { output, written } = setUpOutput('none');
  output.write('a\u{1b}[7mb\u{1b}[27mc\n');
  t.true(written.at(-1)?.includes('\u{1b}[1;2H\u{1b}[?25h'));
  output.write('abc\n');
  t.true(written.at(-1)?.includes('\u{1b}[?25l'));
});

/** An output whose canvas `draw` sets, and a frame with a placeholder of one row, three columns. */
function setUpCanvas() {
  const displayStyle: DisplayStyle = {
    colours: 'full',
    theme: 'dark',
    glyphs: 'unicode',
  };
  const { terminal, written } = setUpOutput();
  const insetsOf = (row: string): Insets => ({
    canvas: { rows: [row], columns: 3 },
    network: undefined,
  });
  let insets = insetsOf('...');
  const output = new FrameOutput(
    terminal,
    () => displayStyle,
    () => insets,
  );
  const { canvas } = placeholderCells;
  const frame = `one\n${canvas} ${canvas} two\n`;
  /** Sets several canvases in one turn. */
  async function draw(...rows: readonly string[]): Promise<void> {
    for (const row of rows) {
      insets = insetsOf(row);
      output.insetsMayHaveChanged();
    }
    await Promise.resolve();
  }
  return { written, output, frame, draw };
}

test('a changed canvas is written without a frame, once a turn', async t => {
  const { written, output, frame, draw } = setUpCanvas();
  output.write(frame);
  t.true(written[0]?.includes('... two'));
  await draw('#..', '##.');
  t.deepEqual(written.slice(1), ['\u{1b}[?2026h\u{1b}[2;1H##\u{1b}[?2026l']);
});

test('a later frame does not bring an earlier canvas back', async t => {
  const { written, output, frame, draw } = setUpCanvas();
  output.write(frame);
  await draw('#..');
  output.write(`${erase}${frame}`);
  t.is(written.length, 2);
});

test('nothing is drawn before the first frame and after the alternate screen', async t => {
  const { written, output, frame, draw } = setUpCanvas();
  await draw('#..');
  t.deepEqual(written, []);
  output.write(frame);
  output.write('\u{1b}[?1049l');
  await draw('##.');
  t.is(written.length, 2);
});

const window = { columns: 13, rows: 5 };

const styles = fc.constantFrom(
  '',
  '\u{1b}[1m',
  '\u{1b}[22m',
  '\u{1b}[38;2;7;77;177m',
  '\u{1b}[38;5;99m',
  '\u{1b}[31m',
  '\u{1b}[39m',
  '\u{1b}[48;2;200;20;2m',
  '\u{1b}[104m',
  '\u{1b}[49m',
  '\u{1b}[7m',
  '\u{1b}[27m',
  '\u{1b}[0m',
);
const characters = fc.constantFrom(' ', 'a', 'B', '▀', '█', '│', '–', '漢');
const rows = fc
  .array(fc.tuple(styles, characters), { maxLength: 6 })
  .map(cells => cells.map(cell => cell.join('')).join(''));
const frames = fc.array(rows, { maxLength: window.rows });

/** All cells of the screen. */
function shownOn(screen: ReturnType<typeof createScreen>): unknown {
  return Array.from({ length: window.rows }, (_, row) =>
    Array.from({ length: window.columns }, (_, column) => {
      const cell = screen.cell(column, row);
      return { ...cell, character: cell.character.trim() };
    }),
  );
}

async function screenAfter(...updates: readonly string[]) {
  const screen = createScreen(window.columns, window.rows);
  for (const update of updates) await screen.write(update);
  return screen;
}

const next = (text: readonly string[], previous: Frame) => frameOf(text, previous, window);

test('any updates lead to the same screen as drawing the last frame at once', async t => {
  const property = fc.asyncProperty(fc.array(frames, { maxLength: 4 }), async texts => {
    let frame = noFrame;
    const updates = texts.map(text => {
      const before = frame;
      frame = next(text, before);
      return frameUpdate(before, frame, 'full');
    });
    const atOnce = frameUpdate(noFrame, next(texts.at(-1) ?? [], noFrame), 'full');
    t.deepEqual(shownOn(await screenAfter(...updates)), shownOn(await screenAfter(atOnce)));
  });
  await fc.assert(property, { numRuns: 60 });
});

test('an equal frame writes nothing', t => {
  const frame = next(['abc', '\u{1b}[31mdef\u{1b}[39m'], noFrame);
  t.is(frameUpdate(frame, frame, 'full'), '');
  t.is(frameUpdate(frame, next(['abc', '\u{1b}[31mdef\u{1b}[39m'], frame), 'full'), '');
});

test('one changed cell costs one move, its colours and its character', t => {
  const before = next(['│▀▀▀▀│ panel'], noFrame);
  const after = next(['│▀\u{1b}[38;2;9;9;9m▀\u{1b}[39m▀▀│ panel'], before);
  t.is(frameUpdate(before, after, 'full'), '\u{1b}[1;3H\u{1b}[38;2;9;9;9m▀\u{1b}[m');
});

test('without colour no style is written', t => {
  const frame = next(['\u{1b}[1ma\u{1b}[22m\u{1b}[31mb漢\u{1b}[39m'], noFrame);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
  t.notRegex(frameUpdate(noFrame, frame, 'none'), /\u001b\[[\d;]*m/);
});

test('a frame is cut to the window', t => {
  const frame = next(Array(9).fill('x'.repeat(40)), noFrame);
  t.is(frame.rows.length, window.rows);
  t.is(frame.cells[0]?.length, window.columns);
});

test('the inverse cell is found', t => {
  const frame = next(['abc', 'd\u{1b}[7me\u{1b}[27mf'], noFrame);
  t.deepEqual(inverseCell(frame), { column: 1, row: 1 });
  t.is(inverseCell(next(['abc'], noFrame)), undefined);
});
