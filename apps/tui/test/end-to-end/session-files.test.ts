// --record and --replay in a real pseudo-terminal: a recorded drawing is drawn again.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readSession } from '../../src/storage/session-replay.ts';
import { pixelsOn } from '../emulated-screen.ts';
import { respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { boxInside, mouseReports, recordedDigit } from './support/mouse.ts';
import { openFor } from './support/terminal-session.ts';

const hasDigit = (lines: readonly string[]) => lines.join('\n').includes('Digit: 7');

test.serial('a replayed session draws the same pixels, which can be saved and opened', async t => {
  const service = await serveFor(t, respondSeven);
  const file = join(temporaryFolder(t), 'session.jsonl');
  const first = openFor(t, { args: ['--api', service.url, '--record', file] });
  await first.until('the service', lines => lines.join('\n').includes('Service ready'));
  first.send(mouseReports(recordedDigit(4).strokes, boxInside(first.screen.lines())));
  await first.until('the digit', hasDigit);
  const drawn = pixelsOn(first.screen);
  first.send('q');
  t.is(await first.exited(), 0);
  const types = new Set(readSession(file).map(({ type }) => type));
  t.deepEqual(types, new Set(['resize', 'input', 'answer']));

  // Without the q at its end, so that the app stays.
  const lines = readFileSync(file, 'utf8').split('\n');
  const quit = lines.findLastIndex(line => line.includes(`"input":"${btoa('q')}"`));
  writeFileSync(file, lines.slice(0, quit).join('\n'));
  const second = openFor(t, {
    args: ['--api', service.url, '--replay', file, '--replay-speed', 'max'],
  });
  await second.until('the digit', hasDigit);
  const isDrawn = () => `${pixelsOn(second.screen)}` === `${drawn}`;
  await second.until('the drawing', isDrawn);
  const picture = join(temporaryFolder(t), 'x.png');
  second.send('s');
  await second.until('the name', lines => lines.join('\n').includes('Save as: digit-'));
  second.send(`${'\u{7f}'.repeat(40)}${picture}`);
  await second.until('the other name', lines => lines.join('').includes('x.png'));
  second.send('\r');
  await second.until('the file', lines => lines.join('\n').includes('Saved '));
  second.send('c');
  await second.until('a blank drawing', () => !isDrawn());
  second.send(`o${picture}`);
  await second.until('the name', lines => lines.join('').includes('x.png'));
  second.send('\r');
  await second.until('the opened drawing', isDrawn);
  for (const dropped of [`'${picture}' `, `\u{1b}[200~file://${picture}\r\n\u{1b}[201~`]) {
    second.send('c');
    await second.until('a blank drawing', () => !isDrawn());
    second.send(dropped);
    await second.until('the dropped drawing', isDrawn);
  }
  second.send('q');
  t.is(await second.exited(), 0);
});

for (const [option, file] of [
  ['--record', '/dev/null/session'],
  ['--replay', '/dev/null/session'],
] as const) {
  test.serial(
    `a file that ${option} cannot open is reported before the terminal is changed`,
    async t => {
      const session = openFor(t, { args: [option, file] });
      t.is(await session.exited(), 2);
      t.false(session.written().includes('\u{1b}[?'));
      t.regex(session.screen.lines()[0] ?? '', /^The session .*\/dev\/null\/session/);
    },
  );
}
