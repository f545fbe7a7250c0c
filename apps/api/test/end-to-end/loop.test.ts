// The short form of test-long/loop.test.ts: a correction's way with a small training.

import { rm } from 'node:fs/promises';
import test from 'ava';
import { partOfMnist } from './commands.ts';
import { learnsStyle, trainChampion } from './loop.ts';

/** With fewer than a thousand test images the gate uses its exact test only. */
const testImages = 200;

test('fifty corrections of a style are learnt and promoted, and no request fails meanwhile', async t => {
  t.timeout(300_000);
  const seen = await partOfMnist(3000, testImages);
  const data = await partOfMnist(6000, testImages);
  const models = await trainChampion(t, seen);
  for (const folder of [seen, data, models]) t.teardown(() => rm(folder, { recursive: true }));
  await learnsStyle(t, models, data);
});
