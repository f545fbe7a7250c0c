// The exit events that exit.test.ts leaves out, each with an app of its own.

import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { Socket } from 'node:net';
import test from 'ava';
import { respondSeven, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { assertCrashReported, assertRestored, isReady, testExits } from './support/exit-modes.ts';
import { embeddedServiceUrl, openFor } from './support/terminal-session.ts';
import { bundleThrowing } from './support/throwing/bundle-throwing.ts';

testExits([
  ['Ctrl+C', session => session.send('\u{3}'), 0],
  ['SIGINT', session => session.kill('SIGINT'), 130],
  ['SIGHUP', session => session.kill('SIGHUP'), 129],
]);

test.serial('an unhandled rejection is reported once the terminal is restored', t =>
  assertCrashReported(t, 'Promise.reject(new Error("made for this test"))'),
);

test.serial('an exception in a component is reported once the terminal is restored', async t => {
  const service = await serveFor(t, respondSeven);
  const bundle = await bundleThrowing(temporaryFolder(t));
  const session = openFor(t, { bundle, args: ['--api', service.url] });
  await session.until('a ready service', isReady);
  session.send('!');
  t.is(await session.exited(), 1);
  assertRestored(t, session);
  t.is(session.screen.lines()[0], 'digits crashed: Error: made for this test');
});

test.serial('the embedded service ends when the app is killed', async t => {
  const session = openFor(t, { env: { DIGITS_API: '' } });
  await session.until('the embedded service', isReady);
  const url = embeddedServiceUrl(session);
  const socket = await keptConnection(`${url}/health/ready`);
  const closed = once(socket, 'close');
  session.kill('SIGKILL');
  await closed;
  await t.throwsAsync(fetch(`${url}/health/ready`));
});

/** Sends one request and keeps the connection, which closes when the other side ends. */
async function keptConnection(url: string): Promise<Socket> {
  const [response] = await once(get(url, { agent: new Agent({ keepAlive: true }) }), 'response');
  const { socket } = response;
  response.resume();
  await once(response, 'end');
  // The agent unrefs a connection that it keeps; this test waits for it.
  return socket.ref();
}
