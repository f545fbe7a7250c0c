import test from 'ava';
import fc from 'fast-check';
import {
  type Frame,
  frameOf,
  frameUpdate,
  inverseCell,
  noFrame,
} from '../../../src/view/output/frame-update.ts';
import { createScreen } from '../../emulated-screen.ts';

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
