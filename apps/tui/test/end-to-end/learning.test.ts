// Learning in a real pseudo-terminal: from a correction to another model in the status line, and
// quitting meanwhile. learning.long.test.ts has the other ways to end it.

import test from 'ava';
import { openCorrected, openTraining, serve, shows, version } from './support/learning-session.ts';

test.serial('a correction is learnt, compared and promoted, and predicted again', async t => {
  const session = await openCorrected(t, await serve(t), 'trains');
  session.send('t');
  await session.until('the question whether to train', shows('Train on 7 corrections?'));
  session.send('y');
  await session.until('the result of the gate', shows('against standard-1-7f162361'));
  await session.until('the question', shows('Promote it?'));
  session.send('y');
  await session.until('before and after', shows('7 (98.3 %) → 7 (98.3 %)'));
  await session.until('the new model', shows(`Service ready: model ${version}`));
  session.send('q');
  t.is(await session.exited(), 0);
});

test.serial('q during a training leaves no trainer behind', async t => {
  const { session, trainerEnded } = await openTraining(t, 'Training: 50 %, epoch 1 of 1');
  session.send('q');
  t.is(await session.exited(), 0);
  await trainerEnded;
});
