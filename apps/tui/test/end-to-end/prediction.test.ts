// The whole way, nothing replaced: keys and mouse reports in a real pseudo-terminal, the bundled
// app, the service that it starts by itself, the champion, and the digit on the screen.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';
import { boxInside, mouseReports, type RecordedDigit, recordedDigit } from './mouse.ts';
import { openFor } from './open-for.ts';
import { digitsToDraw } from './strokes.ts';
import { ownServiceUrl, type TerminalSession } from './terminal-session.ts';

const screenLeft = ['\u{1b}[?1006l', '\u{1b}[?1002l', '\u{1b}[?1049l', '\u{1b}[?25h'];

/** The app with its canvas on the screen; the service is its own, unless one runs at the usual place. */
async function openApp(t: ExecutionContext, settings: object = {}): Promise<TerminalSession> {
  const XDG_CONFIG_HOME = temporaryFolder(t);
  mkdirSync(join(XDG_CONFIG_HOME, 'digits'));
  writeFileSync(join(XDG_CONFIG_HOME, 'digits', 'settings.json'), JSON.stringify(settings));
  const session = openFor(t, { env: { XDG_CONFIG_HOME } });
  await session.until('the canvas', lines => lines.some(line => line.includes('╰')));
  return session;
}

/** Presses Enter and reads what the panel says, once it says something. */
async function readDigit(session: TerminalSession): Promise<string | undefined> {
  const verdict = (lines: readonly string[]) => /Digit: (\S+)/.exec(lines.join('\n'))?.[1];
  session.send('\r');
  await session.until('a digit', lines => verdict(lines) !== undefined);
  return verdict(session.screen.lines());
}

function draw(session: TerminalSession, { strokes }: RecordedDigit): void {
  session.send(mouseReports(strokes, boxInside(session.screen.lines())));
}

/** Leaves with q: the terminal is as it was, and the service is gone if it was the app's own. */
async function leaveCleanly(t: ExecutionContext, session: TerminalSession): Promise<void> {
  const url = ownServiceUrl(session);
  session.send('q');
  t.is(await session.exited(), 0);
  const written = session.written();
  for (const sequence of screenLeft) t.true(written.includes(sequence));
  t.true(session.isLineRestored());
  if (url !== '') await t.throwsAsync(fetch(`${url}/health/ready`));
}

test.serial('a 7 is read while it is drawn with the mouse, without a key', async t => {
  const session = await openApp(t);
  draw(session, recordedDigit(7));
  await session.until('the digit', lines => lines.join('\n').includes('Digit: 7'));
  t.regex(session.screen.lines().join('\n'), /\d+\.\d %/);
  await leaveCleanly(t, session);
});

test.serial('a 1 drawn with the keys is read', async t => {
  const session = await openApp(t, { isLive: false });
  // From the middle up, pen down, a stroke from top to bottom, pen up.
  session.send(`${'k'.repeat(9)} ${'\u{1b}[B'.repeat(18)} `);
  t.is(await readDigit(session), '1');
  await leaveCleanly(t, session);
});

test.serial('digits drawn with the mouse one after the other are read', async t => {
  const { digits, bar } = digitsToDraw();
  const session = await openApp(t, { isLive: false });
  const readings: (string | undefined)[] = [];
  for (const digit of digits) {
    draw(session, digit);
    readings.push(await readDigit(session));
    session.send('c');
    await session.until('a new drawing', lines => lines.join('\n').includes('no prediction yet'));
  }
  const right = digits.filter(({ label }, index) => readings[index] === `${label}`);
  t.true(right.length >= bar, `read ${digits.map(({ label }) => label)} as ${readings}`);
  await leaveCleanly(t, session);
});
