// Data that is not of digits, from training to the refused promotion: three classes of images of 5×7, with
// labels from 1 to 3.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { evaluateCommand } from '../../../cli/evaluate/evaluate.ts';
import { promoteCommand } from '../../../cli/promote/promote.ts';
import { trainCommand } from '../../../cli/train/train.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { decodeModel } from '../../../src/registry/model-file.ts';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';
import { callCommand } from '../support/run-command.ts';
import { doneOf } from '../support/training-events.ts';

let folder: string;
let data: string;
let out: string;

test.before('the data is written', async () => {
  folder = await mkdtemp(join(tmpdir(), 'other-data-'));
  [data, out] = [folder, join(folder, 'models')];
  await writeFile(join(folder, 'names.txt'), 'left\nmiddle\nright\n');
  await writeFile(join(folder, 'tiny.json'), JSON.stringify(configuration));
  for (const [part, count] of [
    ['train', 60],
    ['t10k', 9],
  ] as const) {
    const labels = Array.from({ length: count }, (_, i) => 1 + (i % 3));
    await writeFile(
      join(folder, `${part}-images.idx3-ubyte.gz`),
      gzipSync(idxBytes(imageMagic, [count, 5, 7], labels.flatMap(barAt))),
    );
    await writeFile(
      join(folder, `${part}-labels.idx1-ubyte`),
      idxBytes(labelMagic, [count], labels),
    );
  }
});

test.after.always(() => rm(folder, { recursive: true }));

const configuration = {
  layerSizes: [35, 11, 3],
  phases: [{ batchSize: 12, epochs: 12, learningRate: 0.2, schedule: { type: 'constant' } }],
};

/** [5, 7] a bar at the left, in the middle or at the right. */
const barAt = (label: number) =>
  Array.from({ length: 35 }, (_, i) => (i % 7 === 3 * (label - 1) ? 255 : 0));

const train = (...args: string[]) =>
  callCommand(
    trainCommand,
    ...['--profile', 'standard', '--config', join(folder, 'tiny.json'), '--data', data],
    ...['--out', out, '--threads', '1', '--json', ...args],
  );

test.serial('a network of other classes is trained, evaluated, and cannot be promoted', async t => {
  const names = ['--class-names', join(folder, 'names.txt')];
  const trained = await train(...names);
  t.is(trained.code, 0, trained.stderr);
  t.regex(trained.stderr, /3 classes of images of 5×7: used as they are.*cannot be the champion/s);
  t.regex(trained.stderr, /counted from label 1/);
  const { model, isChampion, test: measured } = doneOf(trained);
  t.false(isChampion);
  t.true(measured.accuracy > 0.8, `${measured.accuracy}`);
  const file = join(out, model.path);
  t.like(decodeModel(await readFile(file), loopKernels), {
    ...{ layerSizes: [35, 11, 3], preprocessing: 'none', acceptance: null },
    form: { rows: 5, columns: 7, firstLabel: 1, classes: ['left', 'middle', 'right'] },
  });
  const [card, report] = await Promise.all(
    ['card.md', 'report.html'].map(name => readFile(join(out, model.version, name), 'utf8')),
  );
  t.regex(card!, /5×7 pixels and are used as they are. Its classes are left, middle and right\./);
  t.regex(report!, /<img class="filter"[^>]* width="7" height="5"/);

  const evaluated = await callCommand(evaluateCommand, '--model', file, '--data', data);
  t.is(evaluated.code, 0, evaluated.stderr);
  t.regex(evaluated.stdout, /\nleft +3 /);
  t.false(evaluated.stdout.includes('1→7'));
  const onDigits = await callCommand(evaluateCommand, '--model', file);
  t.regex(onDigits.stderr, /^error data-mismatch: the model is not of digits, but of 3 classes/);
  const promoted = await callCommand(promoteCommand, model.version, '--models', out);
  t.is(promoted.code, 2);
  t.regex(promoted.stderr, /^error model-unsupported: tiny-1-\w+ is a model of 3 classes/);
});

const refused: [args: string[], message: RegExp][] = [
  [
    ['--classes', '4'],
    /^error invalid-options: .*layerSizes must begin with 35 inputs and end with 4/,
  ],
  [['--classes', '2'], /^error data-mismatch: .* have the label 3, expected 2 classes/],
  [['--probe', 'seven.png'], /^error invalid-options: --probe is for digits/],
  [['--feedback', 'somewhere', '--from', 'scratch'], /^error invalid-options: --feedback is for/],
  [['--class-names', 'nowhere.txt'], /^error invalid-options: nowhere\.txt cannot be read/],
];

for (const [args, message] of refused) {
  test.serial(`other data with ${args.join(' ')} is refused`, async t => {
    const { stderr, code } = await train(...args);
    t.regex(stderr, message);
    t.is(code, 2);
  });
}
