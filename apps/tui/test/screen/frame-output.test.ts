import test from 'ava';
import { FrameOutput } from '../../src/screen/frame-output.ts';
import type { Look } from '../../src/screen/look.ts';

function setUp(colours: Look['colours'] = 'full') {
  const look: Look = { colours, theme: 'dark', glyphs: 'unicode', lines: 'round' };
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
  return { terminal, written, output: new FrameOutput(terminal, () => look) };
}

/** What Ink writes before a frame of two rows: up, and everything erased. */
const ERASE = '\u{1b}[2K\u{1b}[1A\u{1b}[2K\u{1b}[G';

test('of a second frame only what differs is written, whole or not at all', t => {
  const { output, written } = setUp();
  output.write('one\ntwo\n');
  output.write(`${ERASE}one\ntwa\n`);
  t.is(written[1], '\u{1b}[?2026h\u{1b}[2;3Ha\u{1b}[?2026l');
});

test('the same frame writes nothing', t => {
  const { output, written } = setUp();
  output.write('one\ntwo\n');
  output.write(`${ERASE}one\ntwo\n`);
  t.is(written.length, 1);
});

test('modes are passed on, moves are not', t => {
  const { output, written } = setUp();
  output.write('\u{1b}[?1049h');
  output.write('\u{1b}[?25l');
  output.write('\u{1b}[?2026h');
  output.write(ERASE);
  t.deepEqual(written, ['\u{1b}[?1049h', '\u{1b}[?25l']);
});

test('whoever waits for a write is told', t => {
  const { output } = setUp();
  t.plan(1);
  output.write('', () => t.pass());
});

test('a window of another size is cleared and drawn anew, and Ink is told', t => {
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

test('without colour an inverse cell is where the terminal’s cursor stands', t => {
  const { output, written } = setUp('none');
  output.write('a\u{1b}[7mb\u{1b}[27mc\n');
  t.true(written.at(-1)?.includes('\u{1b}[1;2H\u{1b}[?25h'));
  output.write('abc\n');
  t.true(written.at(-1)?.includes('\u{1b}[?25l'));
});
