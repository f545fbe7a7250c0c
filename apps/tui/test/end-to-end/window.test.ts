// The window of a real pseudo-terminal: positions on the screen, resizing, NO_COLOR, screen readers.

import { drawStrokes, scaleStrokes } from '@digits/canvas';
import test from 'ava';
import { pixelsOn } from '../emulated-screen.ts';
import { respondSeven, serveFor } from '../fake-service.ts';
import { boxInside, mouseReports, recordedDigit } from './support/mouse.ts';
import { openFor } from './support/terminal-session.ts';

const isCanvasShown = (lines: readonly string[]) => lines.join('\n').includes('╰');

test.serial('the mouse draws exactly the pixels it points at, and a resize keeps them', async t => {
  const service = await serveFor(t, respondSeven);
  const session = openFor(t, { args: ['--api', service.url] });
  await session.until('the canvas', isCanvasShown);
  // Between two samples that are cells the stroke runs through the middle of each cell.
  const cells = recordedDigit(4).strokes.map(stroke =>
    stroke.map(
      ([x, y]) => [(Math.floor(x * 28) + 0.5) / 28, (Math.floor(y * 14) + 0.5) / 14] as const,
    ),
  );
  session.send(mouseReports(cells, boxInside(session.screen.lines())));
  const drawn = [...drawStrokes(scaleStrokes(cells, 28))];
  const isDrawn = () => JSON.stringify(pixelsOn(session.screen)) === JSON.stringify(drawn);
  await session.until('the drawing', isDrawn);

  session.resize(50, 12);
  await session.until('the sentence', lines => lines.join(' ').includes('this one has 50×12'));
  session.resize(200, 60);
  await session.until(
    'the drawing in the large window',
    lines => isCanvasShown(lines) && isDrawn(),
  );
  session.resize(80, 24);
  await session.until('the drawing as before', lines => isCanvasShown(lines) && isDrawn());
  t.is(session.screen.lines()[1]?.indexOf('╭'), 0);

  session.send('q');
  t.is(await session.exited(), 0);
});

test.serial('with NO_COLOR the output has no colours', async t => {
  const service = await serveFor(t, respondSeven);
  const session = openFor(t, { args: ['--api', service.url], env: { NO_COLOR: '1' } });
  await session.until('the canvas', isCanvasShown);
  session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));
  session.send('\r');
  await session.until('the digit', lines => lines.join('\n').includes('Digit: 7'));
  t.true(session.screen.lines().join('\n').includes('█████'));
  session.send('q');
  await session.exited();
  // Colours and weights are CSI sequences that end in m.
  const sequences = session.written().split('\u{1b}[').slice(1);
  t.deepEqual(
    sequences.filter(sequence => /^[\d;]*m/.test(sequence)),
    [],
  );
});

test.serial('a screen reader gets sentences, and the app works on', async t => {
  const service = await serveFor(t, respondSeven);
  const session = openFor(t, { args: ['--api', service.url, '--screen-reader'] });
  const says = (text: string) => session.until(text, lines => lines.join(' ').includes(text));
  await says('Draw a digit with the arrows and Space.');
  session.send(' \u{1b}[B\u{1b}[B');
  await says('The predicted digit is 7');
  session.send('q');
  t.is(await session.exited(), 0);
  t.false(session.written().includes('╭'));
});
