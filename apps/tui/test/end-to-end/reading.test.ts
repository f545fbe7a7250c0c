// The whole way, nothing replaced: keys and mouse reports in a real pseudo-terminal, the bundled
// app, the service that it starts by itself, the champion, and the digit on the screen.

import test, { type ExecutionContext } from 'ava';
import { CLOSED_URL } from '../fake-service.ts';
import { boxInside, mouseReports, recordedDigit } from './mouse.ts';
import { openFor } from './open-for.ts';
import { ownServiceUrl, type TerminalSession } from './terminal-session.ts';

const CERTAINTY = /\d+\.\d %/;
const MOUSE_OFF = ['\u{1b}[?1006l', '\u{1b}[?1002l'];
const SCREEN_LEFT = ['\u{1b}[?1049l', '\u{1b}[?25h'];

/** The app, with its canvas on the screen and no service at the address it is given. */
async function openApp(t: ExecutionContext): Promise<TerminalSession> {
  const session = openFor(t, { env: { DIGITS_API: CLOSED_URL } });
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

function draw(session: TerminalSession, label: number): void {
  session.send(mouseReports(recordedDigit(label).strokes, boxInside(session.screen.lines())));
}

/** Leaves with q: the terminal is as it was, and the service is gone. */
async function leaveCleanly(t: ExecutionContext, session: TerminalSession): Promise<void> {
  const url = ownServiceUrl(session);
  await t.notThrowsAsync(fetch(`${url}/health/ready`));
  session.send('q');
  t.is(await session.exited(), 0);
  const written = session.written();
  for (const sequence of [...MOUSE_OFF, ...SCREEN_LEFT]) t.true(written.includes(sequence));
  t.true(written.lastIndexOf('\u{1b}[?1006l') > written.lastIndexOf('\u{1b}[?1006h'));
  t.true(written.lastIndexOf('\u{1b}[?1049l') > written.lastIndexOf('\u{1b}[?1049h'));
  t.true(written.lastIndexOf('\u{1b}[?25h') > written.lastIndexOf('\u{1b}[?25l'));
  await t.throwsAsync(fetch(`${url}/health/ready`));
}

test.serial('a 7 drawn with the mouse is read', async t => {
  const session = await openApp(t);
  draw(session, 7);
  t.is(await readDigit(session), '7');
  t.regex(session.screen.lines()[2] ?? '', CERTAINTY);
  await leaveCleanly(t, session);
});

test.serial('a 1 drawn with the keys is read', async t => {
  const session = await openApp(t);
  // From the middle up, pen down, a stroke from top to bottom, pen up.
  session.send(`${'k'.repeat(9)} ${'\u{1b}[B'.repeat(18)} `);
  t.is(await readDigit(session), '1');
  await leaveCleanly(t, session);
});

test.serial(
  'of the other eight digits, drawn with the mouse one after the other, at least seven are read',
  async t => {
    const session = await openApp(t);
    const labels = [0, 2, 3, 4, 5, 6, 8, 9];
    const readings: (string | undefined)[] = [];
    for (const label of labels) {
      draw(session, label);
      readings.push(await readDigit(session));
      session.send('c');
      await session.until('a new drawing', lines => lines.join('\n').includes('not asked yet'));
    }
    const right = labels.filter((label, index) => readings[index] === `${label}`);
    t.true(right.length >= 7, `read ${labels} as ${readings}`);
    await leaveCleanly(t, session);
  },
);
