// What a training is given, from a small folder of images and a small folder of strokes.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadTrainingData } from '../../../cli/train/load-training-data.ts';
import { parseTrainingOptions } from '../../../cli/train/options.ts';
import { outlierLabel } from '../../../src/data/samples.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';
import { writePenStrokes } from '../support/small-strokes.ts';

/** Options for 120 images and the strokes of five writers, the folders made. */
async function prepare(t: ExecutionContext, ...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'training-data-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const [data, strokes] = [join(folder, 'data'), join(folder, 'strokes')];
  await writeSmallMnist(data, { training: 120, test: 20 });
  await writePenStrokes(strokes, 'pens');
  const withStrokes = args.includes('--strokes') ? [strokes] : [];
  return parseTrainingOptions(['--profile', 'quick', '--data', data, ...args, ...withStrokes]);
}

const { signal } = new AbortController();
const ignore = () => {};
const countOf = (labels: Uint8Array, wanted: number) => labels.filter(one => one === wanted).length;

test('images of other data are trained on as they are, and nothing is drawn', async t => {
  const given = await loadTrainingData(await prepare(t), ignore, signal);
  t.is(given.images.count, 110);
  t.deepEqual([...given.training.labels], [...given.images.labels]);
  t.is(given.validation.count, 10);
  t.is(given.noDigits.count, 0);
  t.deepEqual(given.strokes, []);
});

test('three of five writers are trained on, and another one’s digits validate', async t => {
  const given = await loadTrainingData(await prepare(t, '--strokes'), ignore, signal);
  const { training, validation, noDigits } = given;
  // Twenty drawings by each writer, four of them letters; a twentieth of no digits besides.
  t.true(training.count > 110 + 60 && training.count <= 110 + 60 + 9, `${training.count}`);
  t.true(countOf(training.labels, outlierLabel) >= 12);
  t.is(validation.count, 10 + 16);
  t.is(countOf(validation.labels, outlierLabel), 0);
  t.true(noDigits.labels.every(label => label === outlierLabel));
  t.true(noDigits.count >= 4 && noDigits.count <= 4 + 6, `${noDigits.count}`);
});

test('every image comes up as often as the profile says', async t => {
  const options = await prepare(t, '--profile', 'champion');
  const { training, images } = await loadTrainingData(options, ignore, signal);
  t.is(training.count, 2 * images.count);
  t.deepEqual(
    training.inputs.subarray(0, 784),
    training.inputs.subarray(784 * images.count, 784 * (images.count + 1)),
  );
});

test('drawing tells how far it has come, and is the same for the same seed', async t => {
  const options = await prepare(t, '--strokes');
  const told: number[] = [];
  const [one, same, other] = [
    await loadTrainingData(options, share => told.push(share), signal),
    await loadTrainingData(options, ignore, signal),
    await loadTrainingData({ ...options, seed: 2 }, ignore, signal),
  ];
  t.is(told.at(-1), 1);
  t.deepEqual(one.training, same.training);
  t.deepEqual(one.validation, same.validation);
  t.notDeepEqual(one.training.inputs, other.training.inputs);
});

test('an aborted signal ends the drawing with its reason', async t => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const stop = () => controller.abort(reason);
  const options = await prepare(t, '--strokes');
  t.is(await t.throwsAsync(loadTrainingData(options, stop, controller.signal)), reason);
});
