// Exits of the app in a real pseudo-terminal: the terminal is restored first. exit.long.test.ts has
// the other exit events.

import test from 'ava';
import { respondSeven, serveFor } from '../fake-service.ts';
import { assertRestored, crashingAtSigusr2, isReady } from './support/exit-modes.ts';
import { openFor, type TerminalSession } from './support/terminal-session.ts';

const exits: readonly [name: string, exit: (session: TerminalSession) => void, exitCode: number][] =
  [
    ['q', session => session.send('q'), 0],
    ['SIGTERM', session => session.kill('SIGTERM'), 143],
  ];

for (const [name, exit, exitCode] of exits) {
  test.serial(`${name} restores the terminal and exits with code ${exitCode}`, async t => {
    const service = await serveFor(t, respondSeven);
    const session = openFor(t, { args: ['--api', service.url] });
    await session.until('a ready service', isReady);
    exit(session);
    t.is(await session.exited(), exitCode);
    assertRestored(t, session);
    t.deepEqual(session.screen.lines(), Array(24).fill(''));
  });
}

test.serial('an uncaught exception is reported once the terminal is restored', async t => {
  const service = await serveFor(t, respondSeven);
  const session = openFor(t, {
    args: ['--api', service.url],
    env: crashingAtSigusr2('throw new Error("made for this test")'),
  });
  await session.until('a ready service', isReady);
  session.kill('SIGUSR2');
  t.is(await session.exited(), 1);
  assertRestored(t, session);
  t.is(session.screen.lines()[0], 'digits crashed: Error: made for this test');
});

test.serial('quitting does not wait for an embedded service that is still starting', async t => {
  const session = openFor(t, { env: { DIGITS_API: '' } });
  await session.until('the start of a service', lines =>
    /Starting|Service ready/.test(lines.join('\n')),
  );
  session.send('q');
  t.is(await session.exited(), 0);
});
