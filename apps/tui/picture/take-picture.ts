// `nx run tui:picture`: a real session in a pseudo-terminal with a large window, in which a recorded
// digit is drawn, predicted and explained; written to docs/terminal.svg.

import { writeFile } from 'node:fs/promises';
import { boxInside, mouseReports, recordedDigit } from '../test/end-to-end/support/mouse.ts';
import { createCamera } from './camera.ts';
import { shows, withApp } from './open-app.ts';
import { screenToSvg } from './screen-svg.ts';

/** Just large enough for the canvas, the prediction and the list of keys side by side. */
const window = { columns: 174, rows: 40 };

/** Its evidence for and against is easy to understand. */
const digit = 7;

await withApp(window, async session => {
  session.send(mouseReports(recordedDigit(digit).strokes, boxInside(session.screen.lines())));
  session.send('x\r');
  await session.until('the prediction', shows(`Digit: ${digit}`));
  const camera = createCamera(session, window);
  await camera.settle();
  await camera.shoot(0);
  const svg = screenToSvg(
    camera.shots[0]!.grid,
    'A digit drawn in the terminal, and its prediction',
  );
  await writeFile(new URL('../../../docs/terminal.svg', import.meta.url), svg);
});
