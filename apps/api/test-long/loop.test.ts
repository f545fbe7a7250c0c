// A correction's way with all of MNIST's training images, and the accuracy on all of its test images.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { oneThread, partOfMnist, runCommand } from '../test/end-to-end/commands.ts';
import {
  championOf,
  correct,
  learnsStyle,
  startService,
  trainChampion,
  trainedVersion,
} from '../test/end-to-end/loop.ts';
import { png } from '../test/support/files.ts';
import { loadMnistTestImages } from '../test/support/mnist.ts';

/** With fewer than a thousand test images the gate uses its exact test only. */
const testImages = 400;

/** The champion's training data: a tenth of MNIST leaves something to learn. */
let seen = '';
/** The challenger's: with all of MNIST a style is learnt without losing accuracy. */
let data = '';
let trainedModels = '';

test.before('a network is trained on a tenth of MNIST', async t => {
  t.timeout(300_000);
  seen = await partOfMnist(6000, testImages);
  data = await partOfMnist(60_000, testImages);
  trainedModels = await trainChampion(t as unknown as ExecutionContext, seen);
});

test.after.always(async () => {
  for (const folder of [seen, data, trainedModels]) {
    await rm(folder, { recursive: true, force: true });
  }
});

/** In percent, on all ten thousand test images. */
async function mnistAccuracy(t: ExecutionContext, models: string, version: string) {
  const file = join(models, version, 'model.safetensors');
  const { exitCode, events, stderr } = await runCommand('evaluate', '--quick', '--model', file);
  t.is(exitCode, 0, stderr);
  const [document] = events as unknown as [{ evaluations: { evaluation: { accuracy: number } }[] }];
  return 100 * document.evaluations[0]!.evaluation.accuracy;
}

test.serial('fifty corrections of a style cost at most a tenth of a point on MNIST', async t => {
  t.timeout(300_000);
  const { models, before, challenger } = await learnsStyle(t, trainedModels, data);
  const lost =
    (await mnistAccuracy(t, models, before)) - (await mnistAccuracy(t, models, challenger));
  t.true(lost <= 0.1, `${lost} points lost`);
});

test.serial('the gate rejects a version trained on corrections with wrong labels', async t => {
  t.timeout(300_000);
  const { models, url, before } = await startService(t, trainedModels);
  // Digits of all kinds that are in no test set, each with a wrong label.
  const digits = (await loadMnistTestImages()).slice(1000, 1050);
  for (const [i, digit] of digits.entries()) {
    t.is(await correct(url, png(digit), (digit.label + 1 + (i % 9)) % 10), 201);
  }
  const feedback = ['--feedback', url] as const;
  const output = ['--out', models, ...oneThread, '--confirm', 'all'] as const;
  const trained = await runCommand('train', ...feedback, '--data', seen, ...output);
  t.is(trained.exitCode, 0, trained.stderr);
  const options = ['--data', data, '--models', models] as const;
  const gate = await runCommand('promote', trainedVersion(trained), ...feedback, ...options);
  t.is(gate.exitCode, 1, gate.stderr);
  t.like(gate.events.at(-1), { passes: false, promoted: false });
  t.is(await championOf(models), before);
});
