// The other ways to end a training in a real pseudo-terminal.

import { once } from 'node:events';
import test from 'ava';
import { openCorrected, serve, shows } from './support/learning-session.ts';

test.serial('SIGTERM during a training leaves no trainer behind', async t => {
  const service = await serve(t);
  const session = await openCorrected(t, service, 'waits');
  session.send('t');
  await session.until('the progress', shows('Training: 50 %, epoch 1 of 1'));
  const socket = await service.waiting;
  const closed = once(socket.resume(), 'close');
  session.kill('SIGTERM');
  t.is(await session.exited(), 143);
  await closed;
});

test.serial('t and y stop a training, and drawing continues', async t => {
  const service = await serve(t);
  const session = await openCorrected(t, service, 'waits');
  session.send('t');
  await session.until('the progress', shows('Training: 50 %'));
  const socket = await service.waiting;
  const closed = once(socket.resume(), 'close');
  session.send('t');
  await session.until('the question', shows('Stop training?'));
  session.send('y');
  await session.until('the end', shows('Service ready'));
  t.true(shows('Stopped.')(session.screen.lines()));
  await closed;
  session.send('c');
  await session.until('a new drawing', shows('no prediction yet'));
  session.send('q');
  t.is(await session.exited(), 0);
});
