// The samples of a training, from small folders of images and strokes, and the corrections among
// them: those with suspect labels only where they are confirmed.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthesisEvent } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import { loadDrawings, loadImages } from '../../../../cli/shared/sources.ts';
import {
  joinCorrections,
  leaveOutSuspects,
} from '../../../../cli/train/corrections/corrections.ts';
import { prepareTrainingData } from '../../../../cli/train/data/load-training-data.ts';
import {
  parseTrainingOptions,
  type TrainingCommandOptions,
} from '../../../../cli/train/plan/options.ts';
import { outlierLabel } from '../../../../src/data/samples.ts';
import { recipes } from '../../../../src/training/profiles.ts';
import { known, picture, pixelReader } from '../../../evaluation/corrections/pixel-reader.ts';
import { writeSmallMnist } from '../../support/small-mnist.ts';
import { writePictures } from '../../support/small-pictures.ts';
import { writePenStrokes } from '../../support/small-strokes.ts';

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

const neverAborted = new AbortController().signal;

async function load(
  options: TrainingCommandOptions,
  onProgress: (event: SynthesisEvent) => void = () => {},
  signal = neverAborted,
) {
  const plan = { recipe: recipes[options.profile], images: undefined };
  const data = await loadImages(options.data);
  const loaded = { data, form: undefined, ...(await loadDrawings(options)) };
  return prepareTrainingData(options, plan, loaded, { onProgress, signal });
}

const countOf = (labels: Uint8Array, wanted: number) => labels.filter(one => one === wanted).length;

test('images of other data are trained on as they are, without synthesis', async t => {
  const given = await load(await prepare(t));
  t.is(given.images.count, 110);
  t.deepEqual([...given.training.labels], [...given.images.labels]);
  t.is(given.validation.count, 10);
  t.is(given.outliers.count, 0);
  t.deepEqual(given.strokes, []);
});

test('three of five writers are trained on, and the digits of another one are for validation', async t => {
  const given = await load(await prepare(t, '--strokes'));
  const { training, validation, outliers } = given;
  // Twenty drawings by each writer, four of them letters; a twentieth of no digits besides.
  t.true(training.count > 110 + 60 && training.count <= 110 + 60 + 9, `${training.count}`);
  t.true(countOf(training.labels, outlierLabel) >= 12);
  t.is(validation.count, 10 + 16);
  t.is(countOf(validation.labels, outlierLabel), 0);
  t.true(outliers.labels.every(label => label === outlierLabel));
  t.true(outliers.count >= 4 && outliers.count <= 4 + 6, `${outliers.count}`);
});

test('further pictures are trained on and validated with, as often as the profile says', async t => {
  const options = await prepare(t, '--profile', 'champion');
  const bitmaps = join(options.data!, '..', 'bitmaps');
  await writePictures(bitmaps, 40);
  const given = await load({ ...options, pictures: [bitmaps] });
  const { training, validation, outliers, images } = given;
  const digits = training.labels.filter(label => label !== outlierLabel);
  const recipe = recipes.champion;
  t.is(digits.length, recipe.images * images.count + recipe.pictures * 32);
  t.true(training.count > digits.length, 'pictures of digits make outliers useful');
  t.deepEqual([...validation.labels.subarray(10)], [2, 3, 4, 5]);
  t.true(outliers.count > 0);
});

test('every image is repeated as often as the profile says', async t => {
  const options = await prepare(t, '--profile', 'champion');
  const { training, images } = await load(options);
  t.is(training.count, recipes.champion.images * images.count);
  t.deepEqual(
    training.inputs.subarray(0, 784),
    training.inputs.subarray(784 * images.count, 784 * (images.count + 1)),
  );
});

test('the preparation reports the progress of its steps, and is the same for the same seed', async t => {
  const options = await prepare(t, '--strokes');
  const progress: SynthesisEvent[] = [];
  const [one, same, other] = [
    await load(options, event => progress.push(event)),
    await load(options),
    await load({ ...options, seed: 2 }),
  ];
  const drawings = progress.at(-1)!.of!;
  t.true(drawings > 60);
  t.deepEqual(progress, [
    { type: 'synthesis', step: 'images', done: 0, of: 120 },
    { type: 'synthesis', step: 'images', done: 10, of: 120 },
    { type: 'synthesis', step: 'images', done: 120, of: 120 },
    { type: 'synthesis', step: 'drawings', done: 0, of: drawings },
    ...progress.slice(4, -1),
    { type: 'synthesis', step: 'drawings', done: drawings, of: drawings },
  ]);
  t.deepEqual(one.training, same.training);
  t.deepEqual(one.validation, same.validation);
  t.notDeepEqual(one.training.inputs, other.training.inputs);
});

test('an aborted signal ends the synthesis with its reason', async t => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const stop = () => controller.abort(reason);
  const options = await prepare(t, '--strokes');
  t.is(await t.throwsAsync(load(options, stop, controller.signal)), reason);
});

const champion = { version: 'reader', sha256: '', model: pixelReader() };
const contradicted = [{ id: 'older', label: 4 }];
const learnable = [
  { id: 'right', sha256: '', label: 3, source: 'correction', inputs: picture(3), contradicted },
  { id: 'wrong', sha256: '', label: 8, source: 'correction', inputs: picture(1), contradicted: [] },
  { id: 'odd', sha256: '', label: 9, source: 'correction', inputs: picture(2), contradicted: [] },
];

async function select(t: ExecutionContext, confirm: readonly string[], count = learnable.length) {
  const folder = await mkdtemp(join(tmpdir(), 'corrections-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const options = parseTrainingOptions(['--feedback', 'x', ...confirm]);
  const fetched = { source: 'x', learnable: learnable.slice(-count), heldOut: [] };
  const selected = await leaveOutSuspects(fetched, options, { champion, training: known, folder });
  const ids = (some: readonly { readonly id: string }[]) => some.map(({ id }) => id);
  return { ...selected, folder, ids: [ids(selected.trained), ids(selected.suspects)] };
}

test('suspect labels are left out, and written to the run folder as images and a page', async t => {
  const { ids, folder, page, suspects } = await select(t, []);
  t.deepEqual(ids, [['right'], ['older', 'wrong', 'odd']]);
  const files = (await readdir(join(folder, 'doubtful'))).sort();
  t.deepEqual(files, ['index.html', 'odd.png', 'older.png', 'wrong.png']);
  t.is(page, join(folder, 'doubtful', 'index.html'));
  t.is(suspects[2]!.file, join(folder, 'doubtful', 'odd.png'));
});

test('a correction that is confirmed by its id is learnt', async t => {
  const { ids } = await select(t, ['--confirm', 'odd,nothing']);
  t.deepEqual(ids, [
    ['right', 'odd'],
    ['older', 'wrong'],
  ]);
});

test('with all confirmed every correction is learnt but a contradicted label', async t => {
  const { ids } = await select(t, ['--confirm', 'all']);
  t.deepEqual(ids, [['right', 'wrong', 'odd'], ['older']]);
});

test('without a correction that is not suspect there is nothing to learn', async t => {
  await t.throwsAsync(select(t, [], 2), { code: 'data-missing', message: /--confirm/ });
});

test('corrections are repeated among the other training samples', async t => {
  const joined = joinCorrections(known, await select(t, ['--confirm', 'all']));
  t.is(joined.count, known.count + 20 * learnable.length);
});
