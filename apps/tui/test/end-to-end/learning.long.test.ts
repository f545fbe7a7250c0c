// The other ways to end a training in a real pseudo-terminal.

import test from 'ava';
import { openTraining, shows } from './support/learning-session.ts';

test.serial('SIGTERM during a training leaves no trainer behind', async t => {
  const { session, trainerEnded } = await openTraining(t, 'Training: 50 %, epoch 1 of 1');
  session.kill('SIGTERM');
  t.is(await session.exited(), 143);
  await trainerEnded;
});

test.serial('t and y stop a training, and drawing continues', async t => {
  const { session, trainerEnded } = await openTraining(t, 'Training: 50 %');
  session.send('t');
  await session.until('the question', shows('Stop training?'));
  session.send('y');
  await session.until('the end', shows('Service ready'));
  t.true(shows('Stopped.')(session.screen.lines()));
  await trainerEnded;
  session.send('c');
  await session.until('a new drawing', shows('no prediction yet'));
  session.send('q');
  t.is(await session.exited(), 0);
});
