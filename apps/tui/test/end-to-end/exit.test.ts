// Exits of the app in a real pseudo-terminal: the terminal is restored first. exit.long.test.ts has
// the other exit events.

import test from 'ava';
import { assertCrashReported, testExits } from './support/exit-modes.ts';
import { openFor } from './support/terminal-session.ts';

testExits([
  ['q', session => session.send('q'), 0],
  ['SIGTERM', session => session.kill('SIGTERM'), 143],
]);

test.serial('an uncaught exception is reported once the terminal is restored', t =>
  assertCrashReported(t, 'throw new Error("made for this test")'),
);

test.serial('quitting does not wait for an embedded service that is still starting', async t => {
  const session = openFor(t, { env: { DIGITS_API: '' } });
  await session.until('the start of a service', lines =>
    /Starting|Service ready/.test(lines.join('\n')),
  );
  session.send('q');
  t.is(await session.exited(), 0);
});
