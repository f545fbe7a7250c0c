// `nx run tui:picture`: a real session in a pseudo-terminal with a large window, in which a recorded
// digit is drawn, predicted and explained; written to docs/terminal.svg for the README.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';
import { boxInside, mouseReports, recordedDigit } from '../test/end-to-end/support/mouse.ts';
import { openSession } from '../test/end-to-end/support/terminal-session.ts';
import { screenToSvg } from './screen-svg.ts';

/** Just large enough for the canvas, the prediction and the list of keys side by side. */
const window = { columns: 174, rows: 40 };

/** Its evidence for and against is easy to understand. */
const digit = 7;

const folder = new URL('../../../docs/', import.meta.url);
// The user's own settings and corrections are not used.
const home = await mkdtemp(join(tmpdir(), 'digits-picture-'));
const session = openSession({
  ...window,
  env: {
    DIGITS_API: '',
    NO_COLOR: '',
    COLORTERM: 'truecolor',
    XDG_CONFIG_HOME: home,
    XDG_STATE_HOME: home,
  },
});
try {
  await session.until('the service', lines => lines.join('\n').includes('Service ready'));
  session.send(mouseReports(recordedDigit(digit).strokes, boxInside(session.screen.lines())));
  session.send('x\r');
  const isPredicted = (lines: readonly string[]) => lines.join('\n').includes(`Digit: ${digit}`);
  await session.until('the prediction', isPredicted);
  const written = session.written();
  session.send('q');
  await session.exited();

  const { columns: cols, rows } = window;
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true });
  await new Promise<void>(resolve => terminal.write(written, resolve));
  await mkdir(folder, { recursive: true });
  await writeFile(fileURLToPath(new URL('terminal.svg', folder)), screenToSvg(terminal, rows));
} finally {
  session.close();
  await rm(home, { recursive: true, force: true });
}
