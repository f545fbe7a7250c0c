// nn:evaluate: its output as text and JSON, and the mistakes it reports.

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { evaluateCommand } from '../../../cli/evaluate/evaluate.ts';
import { dataIn, emptyFolder, modelIn } from '../support/measured-model.ts';
import { callCommand } from '../support/run-command.ts';
import { writeSmallMnist } from '../support/small-mnist.ts';

const run = (...args: readonly string[]) => callCommand(evaluateCommand, ...args);

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
  t.regex(stdout, /\nSet +Pictures +Writers +Accuracy +95 % interval +1→7\/7→1 +ECE +Refused\n/);
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
    /^error model-unsupported: .* is 7-5-10: expected 784 inputs and 10 classes, or metadata.*\n$/,
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
