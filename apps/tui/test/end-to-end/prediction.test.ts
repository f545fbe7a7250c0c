// The whole way, nothing replaced: keys and mouse reports in a real pseudo-terminal, the bundled app,
// its embedded service, the champion, and the digit on the screen. One app serves all steps, since
// the service takes longest to start.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';
import { boxInside, mouseReports, type RecordedDigit, recordedDigit } from './support/mouse.ts';
import { digitsToDraw } from './support/strokes.ts';
import { embeddedServiceUrl, openFor, type TerminalSession } from './support/terminal-session.ts';

const modesOff = ['\u{1b}[?1006l', '\u{1b}[?1002l', '\u{1b}[?1049l', '\u{1b}[?25h'];

const shows = (text: string) => (lines: readonly string[]) => lines.join('\n').includes(text);

/** Opens the app; the service is embedded, unless one runs at the usual address. */
async function openApp(t: ExecutionContext): Promise<TerminalSession> {
  const XDG_CONFIG_HOME = temporaryFolder(t);
  mkdirSync(join(XDG_CONFIG_HOME, 'digits'));
  writeFileSync(join(XDG_CONFIG_HOME, 'digits', 'settings.json'), '{}');
  const session = openFor(t, { env: { XDG_CONFIG_HOME } });
  await session.until('the canvas', lines => lines.some(line => line.includes('╰')));
  return session;
}

/** Presses Enter and waits for the digit in the panel. */
async function predictedDigit(session: TerminalSession): Promise<string | undefined> {
  const digitOn = (lines: readonly string[]) => /Digit: (\S+)/.exec(lines.join('\n'))?.[1];
  session.send('\r');
  await session.until('a digit', lines => digitOn(lines) !== undefined);
  return digitOn(session.screen.lines());
}

function draw(session: TerminalSession, { strokes }: RecordedDigit): void {
  session.send(mouseReports(strokes, boxInside(session.screen.lines())));
}

async function clear(session: TerminalSession): Promise<void> {
  session.send('c');
  await session.until('a new drawing', shows('no prediction yet'));
}

/** Quits: the terminal is restored, and the service is gone if it was embedded. */
async function quit(t: ExecutionContext, session: TerminalSession): Promise<void> {
  const url = embeddedServiceUrl(session);
  session.send('q');
  t.is(await session.exited(), 0);
  const written = session.written();
  for (const sequence of modesOff) t.true(written.includes(sequence));
  t.true(session.isLineRestored());
  if (url !== '') await t.throwsAsync(fetch(`${url}/health/ready`));
}

test.serial('digits are predicted while they are drawn, from within too, and at Enter', async t => {
  const session = await openApp(t);
  draw(session, recordedDigit(7));
  await session.until('the digit', shows('Digit: 7'));
  t.regex(session.screen.lines().join('\n'), /\d+\.\d %/);

  session.send('n');
  const isInside = (lines: readonly string[]) =>
    /Layer 1 of \d[\s\S]*Neuron \d+ of layer 1: [\d.]+, (?:for|against) \d/.test(lines.join('\n'));
  await session.until('the layers, and what is known of a neuron', isInside);
  session.send('n');
  await session.until('the answer', shows('Digit: 7'));

  session.send(',j ');
  await session.until('the setting', shows('Live prediction     no'));
  session.send('\u{1b}');
  await session.until('the drawing', shows('Digit: 7'));
  await clear(session);
  // From the middle up, pen down, a stroke from top to bottom, pen up.
  session.send(`${'k'.repeat(9)} ${'\u{1b}[B'.repeat(18)} `);
  t.is(await predictedDigit(session), '1');

  const { digits, bar } = digitsToDraw();
  const predicted: (string | undefined)[] = [];
  for (const digit of digits) {
    await clear(session);
    draw(session, digit);
    predicted.push(await predictedDigit(session));
  }
  const correct = digits.filter(({ label }, index) => predicted[index] === `${label}`);
  t.true(correct.length >= bar, `${digits.map(({ label }) => label)} as ${predicted}`);
  await quit(t, session);
});
