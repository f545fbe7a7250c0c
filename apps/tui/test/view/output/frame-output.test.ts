import test from 'ava';
import { type Inset, placeholderRows } from '../../../src/view/canvas/canvas-placeholder.ts';
import type { DisplayStyle } from '../../../src/view/display-style.ts';
import { FrameOutput } from '../../../src/view/output/frame-output.ts';

function setUp(colours: DisplayStyle['colours'] = 'full') {
  const displayStyle: DisplayStyle = { colours, theme: 'dark', glyphs: 'unicode', lines: 'round' };
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
      () => undefined,
    ),
  };
}

/** What Ink writes before a frame of two rows: up, and everything erased. */
const erase = '\u{1b}[2K\u{1b}[1A\u{1b}[2K\u{1b}[G';

test('of a second frame only the difference is written, as one synchronized update', t => {
  const { output, written } = setUp();
  output.write('one\ntwo\n');
  output.write(`${erase}one\ntwa\n`);
  t.is(written[1], '\u{1b}[?2026h\u{1b}[2;3Ha\u{1b}[?2026l');
});

test('the same frame writes nothing', t => {
  const { output, written } = setUp();
  output.write('one\ntwo\n');
  output.write(`${erase}one\ntwo\n`);
  t.is(written.length, 1);
});

test('modes are passed on, cursor moves are not', t => {
  const { output, written } = setUp();
  output.write('\u{1b}[?1049h');
  output.write('\u{1b}[?25l');
  output.write('\u{1b}[?2026h');
  output.write(erase);
  t.deepEqual(written, ['\u{1b}[?1049h', '\u{1b}[?25l']);
});

test('the callback of a write is called', t => {
  const { output } = setUp();
  t.plan(1);
  output.write('', () => t.pass());
});

test('a resized window is cleared and drawn again, and a resize event emitted', t => {
  const { output, written, terminal } = setUp();
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
  const { output, written } = setUp('none');
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
    lines: 'round',
  };
  const { terminal, written } = setUp();
  let canvas: Inset = { rows: ['...'], columns: 3 };
  const output = new FrameOutput(
    terminal,
    () => displayStyle,
    () => canvas,
  );
  const frame = `one\n${placeholderRows(3, 1)} two\n`;
  /** Sets several canvases in one turn. */
  async function draw(...rows: readonly string[]): Promise<void> {
    for (const row of rows) {
      canvas = { rows: [row], columns: 3 };
      output.canvasMayHaveChanged();
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
