// Ways out of the app in a real pseudo-terminal: whichever it is, the terminal is put back first.

import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openFor } from './open-for.ts';
import { ownServiceUrl, type TerminalSession } from './terminal-session.ts';
import { bundleThrowing } from './throwing/bundle-throwing.ts';

/** What a terminal is told when the app comes, and what it has to be told when it goes. */
const modes = [
  ['\u{1b}[?1002h', '\u{1b}[?1002l'],
  ['\u{1b}[?1006h', '\u{1b}[?1006l'],
  ['\u{1b}[?1049h', '\u{1b}[?1049l'],
  ['\u{1b}[?2004h', '\u{1b}[?2004l'],
  ['\u{1b}[?25l', '\u{1b}[?25h'],
] as const;

/** Every mode is off, the mouse first, and nothing of the app is left on the screen. */
function assertRestored(t: ExecutionContext, session: TerminalSession): void {
  const written = session.written();
  for (const [on, off] of modes) {
    t.true(written.includes(on), `${JSON.stringify(on)} was never written`);
    t.true(written.lastIndexOf(off) > written.lastIndexOf(on), `${JSON.stringify(off)} is missing`);
  }
  t.true(written.lastIndexOf('\u{1b}[?1006l') < written.lastIndexOf('\u{1b}[?1049l'));
  t.true(session.isLineRestored());
  t.false(session.screen.lines().join('').includes('╭'));
}

const isReady = (lines: readonly string[]) => lines.join('\n').includes('Service ready');

const leavings: readonly [
  name: string,
  leave: (session: TerminalSession) => void,
  exitCode: number,
][] = [
  ['q', session => session.send('q'), 0],
  ['Ctrl+C', session => session.send('\u{3}'), 0],
  ['SIGTERM', session => session.kill('SIGTERM'), 143],
  ['SIGINT', session => session.kill('SIGINT'), 130],
  ['SIGHUP', session => session.kill('SIGHUP'), 129],
];

for (const [name, leave, exitCode] of leavings) {
  test.serial(`${name} leaves the terminal as it was, with exit code ${exitCode}`, async t => {
    const service = await serveFor(t, respondSeven);
    const session = openFor(t, { args: ['--api', service.url] });
    await session.until('a ready service', isReady);
    leave(session);
    t.is(await session.exited(), exitCode);
    assertRestored(t, session);
    t.deepEqual(session.screen.lines(), Array(24).fill(''));
  });
}

const crashes = [
  ['an exception', 'throw new Error("made for this test")'],
  ['a rejection', 'Promise.reject(new Error("made for this test"))'],
] as const;

for (const [what, statement] of crashes) {
  test.serial(`${what} that nobody catches is told once the terminal is as it was`, async t => {
    const service = await serveFor(t, respondSeven);
    const preloaded = `process.on('SIGUSR2', () => { ${statement} })`;
    const session = openFor(t, {
      args: ['--api', service.url],
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preloaded)}` },
    });
    await session.until('a ready service', isReady);
    session.kill('SIGUSR2');
    t.is(await session.exited(), 1);
    assertRestored(t, session);
    t.is(session.screen.lines()[0], 'digits crashed: Error: made for this test');
  });
}

test.serial('an exception in a component is told once the terminal is as it was', async t => {
  const service = await serveFor(t, respondSeven);
  const bundle = await bundleThrowing(temporaryFolder(t));
  const session = openFor(t, { bundle, args: ['--api', service.url] });
  await session.until('a ready service', isReady);
  session.send('!');
  t.is(await session.exited(), 1);
  assertRestored(t, session);
  t.is(session.screen.lines()[0], 'digits crashed: Error: made for this test');
});

test.serial('leaving does not wait for a service that has not started yet', async t => {
  const session = openFor(t, { env: { DIGITS_API: '' } });
  await session.until('the start of a service', lines =>
    /Starting|Service ready/.test(lines.join('\n')),
  );
  session.send('q');
  t.is(await session.exited(), 0);
});

test.serial('the service that the app started ends even if the app is killed outright', async t => {
  const session = openFor(t, { env: { DIGITS_API: '' } });
  await session.until('our own service', isReady);
  const url = ownServiceUrl(session);
  const socket = await keptConnection(`${url}/health/ready`);
  const closed = once(socket, 'close');
  session.kill('SIGKILL');
  await closed;
  await t.throwsAsync(fetch(`${url}/health/ready`));
});

/** Asks once and keeps the connection, which closes when the other side ends. */
async function keptConnection(url: string): Promise<Socket> {
  const [response] = await once(get(url, { agent: new Agent({ keepAlive: true }) }), 'response');
  const { socket } = response;
  response.resume();
  await once(response, 'end');
  // The agent does not wait for a connection that it keeps; this test does.
  return socket.ref();
}
