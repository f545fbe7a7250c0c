// `nx run tui:picture`: a real session in a pseudo-terminal, in which a committed 7 is drawn and
// read, as the picture in the README, docs/terminal.svg.

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';
import { boxInside, mouseReports, recordedDigit } from '../test/end-to-end/mouse.ts';
import { openSession } from '../test/end-to-end/terminal-session.ts';
import { screenToSvg } from './screen-svg.ts';

const SHOWN_ROWS = 20;

const folder = new URL('../../../docs/', import.meta.url);
const session = openSession({ env: { DIGITS_API: '', NO_COLOR: '' } });
await session.until('the service', lines => lines.join('\n').includes('Service ready'));
session.send(mouseReports(recordedDigit(7).strokes, boxInside(session.screen.lines())));
session.send('\r');
await session.until('the answer', lines => lines.join('\n').includes('Digit: 7'));
const written = session.written();
session.send('q');
await session.exited();

const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
await new Promise<void>(resolve => terminal.write(written, resolve));
await mkdir(folder, { recursive: true });
await writeFile(fileURLToPath(new URL('terminal.svg', folder)), screenToSvg(terminal, SHOWN_ROWS));
