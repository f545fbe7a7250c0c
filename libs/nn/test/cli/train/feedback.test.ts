// nn:train --feedback: a champion learns the corrections of its predictions.

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { trainCommand } from '../../../cli/train/train.ts';
import { isHeldOut, loadCorrections } from '../../../src/data/corrections.ts';
import { idxFiles } from '../../../src/data/idx-names.ts';
import { exportFiles, type TestCorrection, writeExport } from '../../data/export-files.ts';
import { callCommand } from '../support/run-command.ts';
import { readPart, writeSmallMnist } from '../support/small-mnist.ts';
import { writeTinyConfiguration } from '../support/tiny-training.ts';
import { correctionsOf, doneOf } from '../support/training-events.ts';

const pixels = 28 * 28;

/** MNIST's training images behind those that the small data has, and their labels. */
async function moreDigits() {
  const images = await readPart(idxFiles.trainingImages, 16 + 5000 * pixels, 1000 * pixels);
  const labels = await readPart(idxFiles.trainingLabels, 8 + 5000, 1000);
  return Array.from(labels, (label, i) => ({
    label,
    picture: Uint8Array.from(images.subarray(i * pixels, (i + 1) * pixels)),
  }));
}

/** A seven with two bars through it, which the champion does not recognise. */
function bar({ label, picture }: TestCorrection): TestCorrection {
  const barred = Uint8Array.from(picture);
  for (const row of [13, 14, 19, 20]) barred.fill(255, row * 28 + 5, row * 28 + 23);
  return { label, picture: barred, manifest: { preprocessing: 'none' } };
}

let shared: {
  readonly folder: string;
  readonly data: string;
  readonly champions: string;
  /** the configuration file of the champion */
  readonly config: string;
  /** a configuration file that limits what fine-tuning repeats */
  readonly tuning: string;
};

test.before('a champion is trained', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'feedback-'));
  const [data, champions] = [join(folder, 'data'), join(folder, 'models')];
  await writeSmallMnist(data, { training: 2400, test: 100 });
  const config = await writeTinyConfiguration(folder, { layerSizes: [784, 48, 10] });
  const tuning = join(folder, 'tuning.json');
  const schedule = { type: 'cosine', finalFraction: 0 };
  const phases = [{ batchSize: 16, epochs: 3, learningRate: 0.01, schedule }];
  await writeFile(tuning, JSON.stringify({ maxImages: 800, phases }));
  shared = { folder, data, champions, config, tuning };
  const champion = await callCommand(trainCommand, ...argumentsFor(champions), ...fromScratch());
  t.is(champion.code, 0, champion.stderr);
});

const fromScratch = () => ['--profile', 'quick', '--config', shared.config];

test.after.always(() => rm(shared.folder, { recursive: true }));

const argumentsFor = (out: string) =>
  ['--data', shared.data, '--out', out, '--json', '--threads', '1'] as const;

/** A models folder with the champion, and how to train there. */
async function prepare(t: ExecutionContext) {
  const folder = await mkdtemp(join(tmpdir(), 'feedback-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const [out, source] = [join(folder, 'models'), join(folder, 'export')];
  await cp(shared.champions, out, { recursive: true });
  const args = [...argumentsFor(out), '--feedback', source];
  return { out, source, args, tuning: ['--config', shared.tuning] };
}

test.serial("a style is learnt from the champion's weights, and the champion stays", async t => {
  const { out, source, args, tuning } = await prepare(t);
  const sevens = (await moreDigits()).filter(({ label }) => label === 7).slice(0, 60);
  await writeExport(source, exportFiles(sevens.map(bar)));
  const before = await readFile(join(out, 'champion.json'), 'utf8');
  const finished = await callCommand(trainCommand, ...args, ...tuning);
  t.is(finished.code, 0, finished.stderr);

  const event = correctionsOf(finished);
  t.like(event, { count: 60, doubtful: [], page: null });
  t.is(event.trained + event.heldOut, 60);
  const { model, isChampion, corrections } = doneOf(finished);
  t.regex(model.version, /^fine-tune-1-[0-9a-f]{8}$/);
  t.false(isChampion);
  t.is(await readFile(join(out, 'champion.json'), 'utf8'), before);
  const { heldOut } = corrections!;
  t.is(heldOut.count, event.heldOut);
  t.true(heldOut.before! < heldOut.count / 2, `${heldOut.before} before`);
  t.true(heldOut.after > 0.75 * heldOut.count, `${heldOut.after} of ${heldOut.count} after`);
  t.true(finished.stderr.includes(`npx nx run nn:promote ${model.version} --feedback `));

  const { version } = JSON.parse(before);
  const card = await readFile(join(out, model.version, 'card.md'), 'utf8');
  t.true(card.includes(version));
  t.regex(card, /held out/);
  const training = await readFile(join(out, model.version, 'training.jsonl'), 'utf8');
  t.like(JSON.parse(training.split('\n')[0]!), { type: 'start', from: { version } });

  const again = await callCommand(trainCommand, ...args, ...tuning);
  t.is(doneOf(again).model.version, model.version);
});

test.serial(
  'suspect labels are found by a dry run, left out, written as a page, and learnt when confirmed',
  async t => {
    const { out, source, args, tuning } = await prepare(t);
    const digits = (await moreDigits()).slice(0, 60);
    const shuffled = digits.map(({ picture }, i) => ({
      label: digits[(i + 7) % 60]!.label,
      picture,
    }));
    await writeExport(source, exportFiles([...shuffled, ...(await moreDigits()).slice(100, 110)]));
    const finished = await callCommand(trainCommand, ...args, ...tuning);
    t.is(finished.code, 0);

    const { doubtful, page } = correctionsOf(finished);
    const learnable = (await loadCorrections(source)).filter(({ sha256 }) => !isHeldOut(sha256));
    t.true(doubtful.length > 0.7 * learnable.length, `${doubtful.length}`);
    const files = await readdir(join(out, '.runs', 'fine-tune-1', 'doubtful'));
    t.deepEqual(files.sort(), ['index.html', ...doubtful.map(({ id }) => `${id}.png`)].sort());
    t.is(page, join(out, '.runs', 'fine-tune-1', 'doubtful', 'index.html'));

    const before = await readdir(out, { recursive: true });
    const checked = await callCommand(trainCommand, ...args, ...tuning, '--dry-run');
    t.is(checked.code, 0, checked.stderr);
    const event = correctionsOf(checked);
    t.deepEqual(
      event.doubtful,
      doubtful.map(suspect => ({ ...suspect, file: null })),
    );
    t.is(event.page, null);
    t.is(event.trained, learnable.length - doubtful.length);
    t.deepEqual(await readdir(out, { recursive: true }), before);

    const confirmed = await callCommand(trainCommand, ...args, ...tuning, '--confirm', 'all');
    t.like(correctionsOf(confirmed), { doubtful: [], trained: learnable.length });
    t.deepEqual(
      (await readdir(out)).filter(name => name.startsWith('.')),
      [],
    );
  },
);

test.serial('corrections join the training of a profile from scratch', async t => {
  const { source, args } = await prepare(t);
  await writeExport(source, exportFiles((await moreDigits()).slice(0, 30)));
  const scratch = ['--from', 'scratch', ...fromScratch()];
  const finished = await callCommand(trainCommand, ...args, ...scratch);
  t.is(finished.code, 0);
  t.is(correctionsOf(finished).count, 30);
  t.regex(doneOf(finished).model.version, /^tiny-1-/);
});

test.serial('without corrections to learn the exit code is 1 and nothing is written', async t => {
  const { out, source, args } = await prepare(t);
  const before = await readdir(out);
  const digits = await moreDigits();
  await writeExport(source, exportFiles([]));
  const none = await callCommand(trainCommand, ...args);
  t.is(none.code, 1);
  t.regex(none.stderr, /^error data-missing: .* has no corrections/);

  const heldOut = digits.map(({ label, picture }) => ({
    label,
    picture,
    manifest: { input: { sha256: '0'.repeat(64) } },
  }));
  await writeExport(source, exportFiles(heldOut.slice(0, 1)));
  const kept = await callCommand(trainCommand, ...args);
  t.is(kept.code, 1);
  t.regex(kept.stderr, /^error data-missing: .* held out/);
  const checked = await callCommand(trainCommand, ...args, '--dry-run');
  t.is(checked.code, 0, checked.stderr);
  t.like(correctionsOf(checked), { count: 1, trained: 0, heldOut: 1, doubtful: [] });
  t.deepEqual(await readdir(out), before);
});

test.serial('without a champion fine-tuning fails with a hint', async t => {
  const { out, source, args } = await prepare(t);
  await rm(join(out, 'champion.json'));
  await writeExport(source, exportFiles((await moreDigits()).slice(0, 9)));
  const { stderr, code } = await callCommand(trainCommand, ...args);
  t.is(code, 2);
  t.regex(stderr, /^error champion-missing: .*--from scratch/);
});
