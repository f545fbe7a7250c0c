// nn:train: what a training leaves behind, how it is interrupted and resumed, and the mistakes that
// it reports.

import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunMetrics } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import Value from 'typebox/value';
import { trainCommand } from '../../../cli/train/train.ts';
import { callCommand, callUntil, type Finished, startCommand } from '../support/run-command.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';
import { writePictures } from '../support/small-pictures.ts';
import { writePenStrokes } from '../support/small-strokes.ts';
import { writeTinyConfiguration } from '../support/tiny-training.ts';
import { doneOf } from '../support/training-events.ts';

/** Data that all tests train on, and two trainings that they go on from. */
interface Shared {
  readonly folder: string;
  readonly data: string;
  /** on three threads, with nothing in its way */
  readonly whole: { readonly out: string; readonly finished: Finished };
  /** on two threads, ended by SIGKILL */
  readonly killed: { readonly out: string; readonly finished: Finished };
}

let shared: Shared;

test.before('one training ends, and another is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  const [data, whole, killed] = ['data', 'whole', 'killed'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeSmallMnist(data, { training: 1320, test: 100 });
  await writeTinyConfiguration(folder);
  const [finished, interrupted] = await Promise.all([
    callCommand(trainCommand, ...argumentsFor(folder, data, whole), '--threads', '3'),
    interruptProcess('SIGKILL', [...argumentsFor(folder, data, killed), '--threads', '2']),
  ]);
  shared = {
    folder,
    data,
    whole: { out: whole, finished },
    killed: { out: killed, finished: interrupted },
  };
});

test.after.always(() => rm(shared.folder, { recursive: true }));

/** Trains with the configuration file in `folder`, on one thread. */
const argumentsFor = (folder: string, data: string, out: string) => [
  ...['--profile', 'quick', '--config', join(folder, 'tiny.json'), '--data', data, '--out', out],
  ...['--threads', '1', '--json'],
];

/** A folder of the test's own, with the models that a training left, and how to train there. */
async function prepare(t: ExecutionContext, left?: 'whole' | 'killed') {
  const folder = await mkdtemp(join(tmpdir(), 'train-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const out = join(folder, 'models');
  if (left) await cp(shared[left].out, out, { recursive: true });
  const train = (...args: string[]) =>
    callCommand(trainCommand, ...argumentsFor(shared.folder, shared.data, out), ...args);
  return { folder, out, args: argumentsFor(shared.folder, shared.data, out), train };
}

const shaOf = (finished: Finished) => doneOf(finished).model.sha256;

/** Starts a process, and sends one signal when the first checkpoint is written. */
async function interruptProcess(signal: NodeJS.Signals, args: readonly string[]) {
  const { finished, kill, onStdout } = startCommand('train', args);
  let isSent = false;
  onStdout(chunk => {
    if (isSent || !chunk.includes('"checkpoint"')) return;
    isSent = true;
    kill(signal);
  });
  return finished;
}

test.serial('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await callCommand(trainCommand, '--help');
  t.is(code, 0);
  for (const option of [
    '--profile',
    '--config',
    '--seed',
    '--data',
    '--strokes',
    '--pictures',
    '--out',
    '--feedback',
    '--from',
    '--confirm',
    '--threads',
    '--resume',
    '--no-save',
    '--probe',
    '--plain',
    '--json',
    '--watch',
  ]) {
    t.true(stdout.includes(option));
  }
});

test.serial('a training leaves a version with all its files', async t => {
  const { out } = await prepare(t, 'whole');
  const { finished } = shared.whole;
  t.is(finished.code, 0, finished.stderr);
  const { model, test: measured, isChampion } = doneOf(finished);
  t.true(measured.accuracy > 0.75, `${measured.accuracy}`);
  t.true(isChampion);
  t.regex(model.version, /^tiny-1-[0-9a-f]{8}$/);
  t.deepEqual((await readdir(out)).sort(), ['champion.json', 'history.jsonl', model.version]);
  t.deepEqual((await readdir(join(out, model.version))).sort(), [
    'card.md',
    'metrics.json',
    'model.onnx',
    'model.safetensors',
    'report.html',
    'training.jsonl',
  ]);
  const card = await readFile(join(out, model.version, 'card.md'), 'utf8');
  t.regex(card, /nn:train --profile quick --config …\/tiny\.json --seed 1 /);
});

test.serial('the metrics of a training have the figures of its card', async t => {
  const { out } = await prepare(t, 'whole');
  const { model, test: measured, validation } = doneOf(shared.whole.finished);
  const text = await readFile(join(out, model.version, 'metrics.json'), 'utf8');
  const metrics = Value.Parse(RunMetrics, JSON.parse(text));
  t.like(metrics, { version: model.version, sha256: model.sha256, profile: 'tiny', seed: 1 });
  t.deepEqual(
    metrics.evaluations.map(({ count, correct }) => ({ count, correct })),
    [measured, validation].map(({ count, correct }) => ({ count, correct })),
  );
  t.is(metrics.hyperparameters['configuration file'], 'tiny.json');
});

test.serial('the same seed gives the same model', async t => {
  const { train } = await prepare(t);
  t.is(shaOf(await train()), shaOf(shared.whole.finished));
});

test.serial('a run ended by SIGINT and resumed gives the same model', async t => {
  const { out, args, train } = await prepare(t);
  const interrupted = await interruptProcess('SIGINT', args);
  t.is(interrupted.code, 130);
  t.regex(
    interrupted.stderr,
    /\nInterrupted\. The checkpoint of .+\n.* --config \S+ .* --resume\n$/,
  );
  t.deepEqual(await readdir(out), ['.runs']);
  t.is(shaOf(await train('--resume')), shaOf(shared.whole.finished));
});

test.serial(
  'a run ended by SIGKILL on two threads, resumed on one in 128-bit vectors, gives the same model',
  async t => {
    const { out, train } = await prepare(t, 'killed');
    const interrupted = shared.killed.finished;
    t.is(interrupted.code, null);
    t.regex(interrupted.stderr, /kernels wasm-relaxed in 256-bit vectors, threads: 2\n/);
    t.deepEqual(await readdir(out), ['.runs']);
    const resumed = await train('--resume');
    t.regex(resumed.stderr, /kernels wasm-relaxed, threads: 1\n/);
    t.true(resumed.stdout.startsWith('{"type":"resume","startsOver":false}\n'));
    t.is(shaOf(resumed), shaOf(shared.whole.finished));
  },
);

test.serial('interrupted before its first checkpoint, a run offers none to continue', async t => {
  const { args } = await prepare(t);
  const { stderr, code } = await callUntil(trainCommand, args, () => true);
  t.is(code, 130);
  t.is(stderr, 'Interrupted. Nothing was kept: there was no checkpoint yet.\n');
});

test.serial('interrupted before a new checkpoint, a resumed run offers the one it had', async t => {
  const { args } = await prepare(t, 'killed');
  const resumed = [...args, '--resume'];
  const { stderr } = await callUntil(trainCommand, resumed, () => true);
  t.regex(stderr, /^Interrupted\. The checkpoint that the run continued from .+\n.* --resume\n$/);
});

test.serial('a run that starts over renames the checkpoint of the previous one', async t => {
  const { out, args } = await prepare(t, 'killed');
  const isCheckpoint = (chunk: string) => chunk.includes('"checkpoint"');
  const { stderr, code } = await callUntil(trainCommand, args, isCheckpoint);
  t.is(code, 130);
  t.regex(stderr, /unfinished run was renamed/);
  // Also without what the killed process had written of its next checkpoint.
  t.deepEqual((await readdir(join(out, '.runs', 'tiny-1'))).sort(), [
    'checkpoint-before.safetensors',
    'checkpoint.safetensors',
  ]);
});

test.serial('a run that ended before its first checkpoint starts over, and says so', async t => {
  const { args } = await prepare(t);
  const hasBegun = (chunk: string) => chunk.includes('"phase"');
  const { stdout, stderr } = await callUntil(trainCommand, [...args, '--resume'], hasBegun);
  t.regex(stderr, /^This run has no checkpoint .* starts over\.$/m);
  t.regex(
    stdout,
    /^\{"type":"resume","startsOver":true\}\n(\{"type":"synthesis",.*\n)+\{"type":"phase","phase":1,/,
  );
});

const notResumable: [title: string, spoil: (checkpoint: string) => Promise<void>, code: string][] =
  [
    [
      'that is a folder',
      async file => {
        await rm(file);
        await mkdir(file);
      },
      'checkpoint-missing',
    ],
    [
      'that is truncated',
      async file => writeFile(file, (await readFile(file)).subarray(0, 999)),
      'checkpoint-corrupt',
    ],
  ];

for (const [title, spoil, code] of notResumable) {
  test.serial(`a checkpoint ${title} is ${code} and exit code 2`, async t => {
    const { out, train } = await prepare(t, 'killed');
    await spoil(join(out, '.runs', 'tiny-1', 'checkpoint.safetensors'));
    const { stderr, code: exitCode } = await train('--resume');
    t.is(exitCode, 2);
    t.regex(stderr, new RegExp(`^error ${code}: .*without --resume\n$`));
  });
}

test.serial('a checkpoint of other data is checkpoint-mismatch', async t => {
  const { folder, train } = await prepare(t, 'killed');
  const data = join(folder, 'data');
  await writeSmallMnist(data, { training: 240, test: 20 });
  const { stderr, code } = await train('--data', data, '--resume');
  t.is(code, 2);
  t.regex(stderr, /error checkpoint-mismatch: .*its data is/);
});

test.serial('a checkpoint of another configuration is checkpoint-mismatch', async t => {
  const { folder, train } = await prepare(t, 'killed');
  const file = await writeTinyConfiguration(folder, { labelSmoothing: 0.1 });
  const { stderr, code } = await train('--config', file, '--resume');
  t.is(code, 2);
  t.regex(stderr, /error checkpoint-mismatch: .*its configuration is/);
});

test.serial(
  'a model names its teacher, its initial weights, and the command that promotes it',
  async t => {
    const { out, train } = await prepare(t, 'whole');
    const { version: champion } = doneOf(shared.whole.finished).model;
    const teacher = join(out, champion, 'model.safetensors');
    const finished = await train('--seed', '2', '--teacher', teacher, '--initial', teacher);
    const { stderr } = finished;
    const { model, isChampion } = doneOf(finished);
    t.true(stderr.includes(`Learns the predictions of ${champion} as well.`));
    t.true(stderr.includes(`Starts from the weights of ${champion}.`));
    t.false(isChampion);
    t.true(stderr.includes(`The champion is still ${champion}`));
    t.true(stderr.includes(`npx nx run nn:promote ${model.version} --models `));
    const card = await readFile(join(out, model.version, 'card.md'), 'utf8');
    t.true(card.includes(`; the predictions of ${champion}; initial weights of ${champion} |`));
    t.true(card.includes(`| teacher 1 | ${champion}, SHA-256 `));
  },
);

for (const [title, write, expected] of [
  ['is missing', null, /^error model-missing: .*--teacher\n$/],
  ['is not a model', 'digits', /^error model-.*\n$/],
] as const) {
  test.serial(`a teacher that ${title} is refused, and nothing is written`, async t => {
    const { folder, out, train } = await prepare(t);
    const file = join(folder, 'teacher.safetensors');
    if (write !== null) await writeFile(file, write);
    const { stdout, stderr, code } = await train('--teacher', file);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.deepEqual(await readdir(out).catch(() => []), []);
  });
}

/** The event before the data is read. */
const beginning = '{"type":"synthesis","step":"images","done":0,"of":null}\n';

test.serial('a folder without data is refused, and nothing is written', async t => {
  const { folder, out, train } = await prepare(t);
  const { stdout, stderr, code } = await train('--data', folder);
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error data-missing: .*\n$/);
  t.deepEqual(await readdir(out).catch(() => []), []);
});

test.serial('initial weights of other layers are refused before the training', async t => {
  const { folder, out, train } = await prepare(t, 'whole');
  const { version } = doneOf(shared.whole.finished).model;
  const initial = join(out, version, 'model.safetensors');
  const file = await writeTinyConfiguration(folder, { layerSizes: [784, 9, 10] });
  const { stderr, code } = await train('--config', file, '--initial', initial);
  t.is(code, 2);
  t.regex(stderr, /^error invalid-options: --initial: .* has layers .*, expected 784-9-10\n$/);
});

test.serial('an output folder that cannot be created is refused before the training', async t => {
  const { folder } = await prepare(t);
  await writeFile(join(folder, 'file'), '');
  await chmod(join(folder, 'file'), 0o400);
  const out = join(folder, 'file', 'models');
  const { stdout, stderr, code } = await callCommand(trainCommand, '--out', out, '--threads', '1');
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error write-failed: .*--out/);
});

test.serial(
  'pen strokes and pictures are trained on, and the card names their sources',
  async t => {
    const { folder, out, train } = await prepare(t);
    const data = join(folder, 'data');
    await writeSmallMnist(data, { training: 600, test: 50 });
    const strokes = join(folder, "a friend's pens");
    const sha256 = await writePenStrokes(strokes, 'uji-digits');
    const pictures = join(folder, 'optdigits-train');
    await writePictures(pictures, 20);
    const finished = await train('--data', data, '--strokes', strokes, '--pictures', pictures);
    // 550 images, 20 drawings by each of three writers, 16 pictures, one outlier for every twenty samples; for
    // validation 50 images, another writer's digits and two pictures.
    t.regex(
      finished.stderr,
      /^550 .*, uji-digits, optdigits-train: 6[56]\d images per epoch, 68 for validation$/m,
    );
    const { version } = doneOf(finished).model;
    const card = await readFile(join(out, version, 'card.md'), 'utf8');
    t.true(card.includes('pen strokes: uji-digits'));
    t.true(card.includes('CC BY 4.0'));
    t.true(card.includes(sha256));
    t.true(card.includes("--strokes '…/a friend'\\''s pens' --pictures …/optdigits-train"));
    t.true(card.includes('pictures: optdigits-train'));
    t.true(card.includes('Alpaydin and Kaynak 1998'));
    t.true(card.includes('training 16, validation 2, held out 2'));
    t.true(card.includes('| optdigits-train/train-images-idx3-ubyte |'));
    t.true(card.includes('pictures optdigits-train, the first 16 of 20'));
  },
);

for (const [title, text, expected] of [
  ['is missing', null, /^error data-missing: .*--strokes\n$/],
  ['has an invalid line', '\n{"label": 3}\n', /^error data-corrupt: .*pens\.jsonl:2 .*\n$/],
] as const) {
  test.serial(
    `a folder of pen strokes that ${title} is refused, and nothing is written`,
    async t => {
      const { folder, out, train } = await prepare(t);
      const strokes = join(folder, 'strokes');
      if (text !== null) {
        await mkdir(strokes);
        await writeFile(join(strokes, 'pens.jsonl'), text);
      }
      const { stdout, stderr, code } = await train('--strokes', strokes);
      t.is(code, 2);
      t.is(stdout, beginning);
      t.regex(stderr, expected);
      t.deepEqual(await readdir(out), []);
    },
  );
}
