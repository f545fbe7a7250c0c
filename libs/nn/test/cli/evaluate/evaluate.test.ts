// nn:evaluate: its output as text and JSON, and the mistakes it reports.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { evaluateCommand } from '../../../cli/evaluate/evaluate.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { preprocessing } from '../../../src/preprocess/preprocess.ts';
import { encodeModel } from '../../../src/registry/model-file.ts';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';
import { callCommand } from '../support/run-command.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';
import { writePictures } from '../support/small-pictures.ts';

const run = (...args: readonly string[]) => callCommand(evaluateCommand, ...args);

async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

/** An untrained model as a file. */
async function modelIn(folder: string, layerSizes: readonly number[]): Promise<string> {
  const network = createNetwork(loopKernels, new Random(1), layerSizes);
  const description = {
    layerSizes,
    preprocessing,
    temperature: 2,
    seed: '1',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  };
  const file = join(folder, 'model.safetensors');
  await writeFile(file, encodeModel(network, description));
  return file;
}

/** 24 training images, of which 2 validate, and 5 test images, of 3 × 5 pixels. */
async function dataIn(folder: string): Promise<string> {
  const data = join(folder, 'tiny-digits');
  await mkdir(data);
  const pixels = (count: number) => Array.from({ length: 15 * count }, (_, i) => (i * 37) % 256);
  const labels = (count: number) => Array.from({ length: count }, (_, i) => i % 10);
  for (const [set, count] of [
    ['train', 24],
    ['t10k', 5],
  ] as const) {
    const images = idxBytes(imageMagic, [count, 3, 5], pixels(count));
    await writeFile(join(data, `${set}-images-idx3-ubyte`), images);
    const classes = idxBytes(labelMagic, [count], labels(count));
    await writeFile(join(data, `${set}-labels-idx1-ubyte`), classes);
  }
  return data;
}

/** A folder of one file of strokes, a digit and a letter by each of so many writers. */
async function strokesIn(folder: string, writers: number): Promise<string> {
  const name = `pens-of-${writers}`;
  await mkdir(join(folder, name));
  const lines = [...'abcdefg'].slice(0, writers).flatMap(writer =>
    [7, 'k'].map(label =>
      JSON.stringify({
        label,
        writer,
        strokes: [
          [
            [0.3, 0.3],
            [0.6, 0.3],
            [0.4, 0.8],
          ],
        ],
      }),
    ),
  );
  await writeFile(join(folder, name, `${name}.jsonl`), lines.join('\n'));
  return join(folder, name);
}

test.serial('--help lists the options and exits with 0', async t => {
  const { stdout, code } = await run('--help');
  t.is(code, 0);
  for (const option of [
    '--model',
    '--data',
    '--strokes',
    '--pictures',
    '--quick',
    '--report',
    '--json',
  ]) {
    t.true(stdout.includes(option));
  }
});

test.serial('the text has figures, classes and confusions, without colour in a pipe', async t => {
  const folder = await emptyFolder(t);
  const model = await modelIn(folder, [784, 7, 10]);
  const { stdout, stderr, code } = await run('--model', model, '--data', await dataIn(folder));
  t.is(stderr, '');
  t.is(code, 0);
  t.regex(stdout, /784-7-10, temperature 2\.000/);
  t.regex(stdout, /\nSet +Pictures +Writers +Accuracy +95 % interval +1→7, 7→1 +ECE +Refused\n/);
  t.regex(stdout, /\nTest images *\n {2}tiny-digits test images +5 +– +[\d.]+ % +[\d.]+–[\d.]+ %/);
  t.regex(stdout, /\nValidation images *\n {2}tiny-digits validation images +2 +– /);
  t.false(stdout.includes('Outliers'), 'nothing is drawn for data with other classes');
  t.regex(stdout, /\nSeed of the sets: \d+\n/);
  t.regex(stdout, /\nThroughput: [\d,]+ images\/s in batches of 128, kernels /);
  t.regex(stdout, /\nClass +Images +Precision +Recall +F1\n0 +1 /);
  t.false(stdout.includes('\u001b'));
});

test.serial('--json writes one document to stdout and the text to stderr', async t => {
  const folder = await emptyFolder(t);
  const model = await modelIn(folder, [784, 7, 10]);
  const sha256 = createHash('sha256')
    .update(await readFile(model))
    .digest('hex');
  const data = await dataIn(folder);
  const { stdout, stderr, code } = await run('--model', model, '--data', data, '--json');
  t.is(code, 0);
  t.regex(stderr, /Throughput/);
  const document = JSON.parse(stdout);
  t.like(document.model, { sha256, layerSizes: [784, 7, 10], temperature: 2 });
  t.is(document.data.name, 'tiny-digits');
  t.is(Object.keys(document.data.digests).length, 4);
  t.deepEqual(
    document.evaluations.map((named: { evaluation: { count: number } }) => named.evaluation.count),
    [5, 2],
  );
  t.false(stdout.includes(folder), 'no path of this machine');
});

test.serial('--report writes the page and the document only', async t => {
  const folder = await emptyFolder(t);
  const model = await modelIn(folder, [784, 7, 10]);
  const data = await dataIn(folder);
  const report = join(folder, 'reports', 'tiny');
  const { stdout, code } = await run(
    '--model',
    model,
    '--data',
    data,
    '--report',
    report,
    '--json',
  );
  t.is(code, 0);
  t.deepEqual((await readdir(report)).sort(), ['evaluation.json', 'report.html']);
  const written = await readFile(join(report, 'evaluation.json'), 'utf8');
  t.deepEqual(JSON.parse(written), JSON.parse(stdout));
  const page = await readFile(join(report, 'report.html'), 'utf8');
  t.regex(page, /Accuracy on tiny-digits test images/);
  t.false((page + written).includes(folder));
});

test.serial('strokes and pictures add drawings by held-out writers, and outliers', async t => {
  const folder = await emptyFolder(t);
  const model = await modelIn(folder, [784, 7, 10]);
  const args = ['--model', model, '--data', await dataIn(folder)];
  const strokes = [
    '--strokes',
    await strokesIn(folder, 5),
    '--strokes',
    await strokesIn(folder, 4),
    ...['--pictures', join(folder, 'bitmaps')],
  ];
  await writePictures(join(folder, 'bitmaps'), 20);
  const report = ['--report', join(folder, 'report')];
  const { stdout, stderr, code } = await run(...args, ...strokes, ...report, '--json');
  t.is(code, 0);
  t.regex(stderr, /^pens-of-4 has fewer than five writers: none of them is held out\.\n/);
  t.regex(stderr, /\n {2}pens-of-5, app’s brush +1 +1 /);
  t.regex(stderr, /\n {2}all 6 together +7 /);
  t.regex(stderr, /\nOutliers +Pictures +Writers +Refused +AUC confidence /);
  const { data, groups, refusal, worst } = JSON.parse(stdout);
  t.deepEqual(Object.keys(data.strokes), ['pens-of-5.jsonl', 'pens-of-4.jsonl']);
  t.is(Object.keys(data.pictures)[0], 'bitmaps/train-images-idx3-ubyte');
  t.like(groups, [{ group: 'drawings', sets: 6, count: 7 }]);
  t.is(refusal.digits, 12, 'five test images, five drawings and two pictures');
  t.is(refusal.sets.length, 3);
  t.is(worst.length, 2 + 6 + 3);
  const page = await readFile(join(folder, 'report', 'report.html'), 'utf8');
  t.regex(page, /<h2>Outliers<\/h2>/);
  t.regex(page, /<h3>pens-of-5, app’s brush<\/h3>/);
});

test.serial(
  'without a folder a model is measured on MNIST, with --quick on no other set',
  async t => {
    const folder = await emptyFolder(t);
    const { stdout, code } = await run(
      ...['--model', await modelIn(folder, [784, 7, 10]), '--quick', '--json'],
    );
    t.is(code, 0);
    const { evaluations } = JSON.parse(stdout);
    t.is(evaluations.length, 2);
    t.is(evaluations[0].evaluation.count, 10_000);
    t.is(evaluations[1].evaluation.count, 5000);
  },
);

test.serial('without a model the champion is measured', async t => {
  const folder = await emptyFolder(t);
  await writeSmallMnist(folder, { training: 120, test: 200 });
  const { stdout, code } = await run('--data', folder, '--quick', '--json');
  t.is(code, 0);
  const { model, evaluations } = JSON.parse(stdout);
  const champion = new URL('../../../../../models/champion.json', import.meta.url);
  const { version, sha256 } = JSON.parse(await readFile(champion, 'utf8'));
  t.like(model, { version, sha256 });
  t.is(evaluations[0].evaluation.count, 200);
  t.true(evaluations[0].evaluation.accuracy > 0.97);
});

type Arguments = (folder: string) => Promise<readonly string[]>;

const mistakes: readonly (readonly [string, RegExp, Arguments])[] = [
  [
    'a missing model',
    /^error model-missing: .*--model.*; the versions in \S+ are champion-1-\w+.*\n$/,
    async folder => ['--model', join(folder, 'none.safetensors')],
  ],
  [
    'a model cut short',
    /^error model-truncated: .*model\.safetensors: not a valid safetensors file.*\n$/,
    async folder => {
      const file = await modelIn(folder, [784, 7, 10]);
      await writeFile(file, (await readFile(file)).subarray(0, 999));
      return ['--model', file];
    },
  ],
  [
    'a model with other inputs',
    /^error model-unsupported: .* is 7-5-10: expected 784 inputs and 10 classes\n$/,
    async folder => ['--model', await modelIn(folder, [7, 5, 10])],
  ],
  [
    'a folder without data',
    /^error data-missing: .*train-images-idx3-ubyte.*\n$/,
    async folder => [
      ...['--model', await modelIn(folder, [784, 7, 10])],
      ...['--data', join(folder, 'nothing')],
    ],
  ],
  [
    'a folder without strokes',
    /^error data-missing: .*no \.jsonl file of pen strokes: --strokes expects a folder with recordings\n$/,
    async folder => ['--strokes', folder, '--model', await modelIn(folder, [784, 7, 10])],
  ],
  [
    'a report folder that is a file',
    /^error write-failed: .*--report\n$/,
    async folder => [
      ...['--model', await modelIn(folder, [784, 7, 10]), '--data', await dataIn(folder)],
      ...['--report', join(folder, 'model.safetensors', 'report')],
    ],
  ],
];

for (const [title, expected, argumentsFor] of mistakes) {
  test.serial(`${title} is one line with a code, exit code 2, and nothing written`, async t => {
    const folder = await emptyFolder(t);
    const args = await argumentsFor(folder);
    const before = await readdir(folder, { recursive: true });
    const { stdout, stderr, code } = await run(...args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.deepEqual(await readdir(folder, { recursive: true }), before);
  });
}
