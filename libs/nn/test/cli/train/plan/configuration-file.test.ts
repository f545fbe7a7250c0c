// Configuration files: what they change, and the mistakes in them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  applyConfiguration,
  readConfigurationFile,
} from '../../../../cli/train/plan/configuration-file.ts';
import { parseTrainingOptions } from '../../../../cli/train/plan/options.ts';
import { planTraining } from '../../../../cli/train/plan/plan.ts';
import { trainCommand } from '../../../../cli/train/train.ts';
import { loopKernels } from '../../../../src/engine/kernels/loops.ts';
import { profiles, recipes } from '../../../../src/training/profiles.ts';
import { callCommand } from '../../support/run-command.ts';

async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'configuration-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

/** Reads a file with this content. */
async function read(t: ExecutionContext, content: unknown) {
  const path = join(await emptyFolder(t), 'wide.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfigurationFile(path);
}

const phase = { batchSize: 7, epochs: 5, learningRate: 0.1, schedule: { type: 'constant' } };
const standard = { configuration: profiles.standard, recipe: recipes.standard, images: undefined };

const complete = {
  layerSizes: [784, 13, 10],
  phases: [
    phase,
    { ...phase, schedule: { type: 'step', factor: 0.5, parts: 3 } },
    { ...phase, schedule: { type: 'cosine', finalFraction: 0.1 } },
    {
      ...phase,
      schedule: { type: 'one-cycle', startFraction: 0.1, warmUpFraction: 0.3, finalFraction: 0 },
    },
  ],
  optimizer: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  labelSmoothing: 0.1,
  augmentation: { rotation: 5, scale: 0.1, shear: 0.1, shift: 1, elastic: null, thickness: 0 },
  averaging: { decay: 0.99 },
  earlyStopping: { patience: 3 },
  recipe: {
    images: 1,
    restroked: 0,
    synthetic: 0.1,
    degraded: 0,
    recorded: 1,
    pictures: 2,
    outliers: 0.1,
  },
  maxImages: 500,
};

test('a complete file replaces every option of the profile', async t => {
  const { recipe, maxImages, ...configuration } = complete;
  const file = await read(t, complete);
  t.deepEqual<unknown, unknown>(applyConfiguration(standard, file), {
    configuration,
    recipe,
    images: maxImages,
  });
});

test('what a file leaves out is as in the profile', async t => {
  const file = await read(t, { labelSmoothing: 0.05, recipe: { synthetic: 2 } });
  t.deepEqual<unknown, unknown>(applyConfiguration(standard, file), {
    configuration: { ...profiles.standard, labelSmoothing: 0.05 },
    recipe: { ...recipes.standard, synthetic: 2 },
    images: undefined,
  });
});

test('an empty object changes nothing', async t => {
  t.deepEqual<unknown, unknown>(applyConfiguration(standard, await read(t, {})), standard);
});

test('null switches a method of the profile off', async t => {
  const { configuration } = applyConfiguration(
    standard,
    await read(t, { augmentation: null, averaging: null }),
  );
  t.false('augmentation' in configuration);
  t.false('averaging' in configuration);
});

test('a training with a configuration file is named after the file', async t => {
  const options = parseTrainingOptions(['--profile', 'quick']);
  const file = await read(t, complete);
  const nameOf = async (path: string) =>
    (await planTraining(options, loopKernels, { file: { ...file, path } })).name;
  t.is(await nameOf('/tmp/wide.json'), 'wide');
  t.is(await nameOf('a/my (first) net.v2.json'), 'my-first-net-v2');
  t.is(await nameOf('--.json'), 'configured');
});

const mistakes: readonly (readonly [title: string, content: unknown, expected: string])[] = [
  ['an empty file', '', 'is not JSON: Unexpected end of JSON input'],
  ['text', '{\n\n hello\n}', 'is not JSON: Expected property name or'],
  ['a list', [], ': the configuration must be object'],
  ['an unknown option', { dropout: 0.5 }, ': dropout is not an option'],
  [
    'an unknown option in a phase',
    { phases: [{ ...phase, momentum: 1 }] },
    ': phases[0].momentum is not an option',
  ],
  [
    'an unknown option in a union',
    { averaging: { decay: 0, x: 1 } },
    ': averaging.x is not an option',
  ],
  [
    'a batch of no images',
    { phases: [{ ...phase, batchSize: 0 }] },
    ': phases[0].batchSize must be >= 1',
  ],
  [
    'half an epoch',
    { phases: [phase, { ...phase, epochs: 0.5 }] },
    ': phases[1].epochs must be integer',
  ],
  ['an incomplete phase', { phases: [{ epochs: 1 }] }, ': phases[0] must have required properties'],
  ['no phase', { phases: [] }, ': phases must not have fewer than 1 items'],
  [
    'an unknown schedule',
    { phases: [{ ...phase, schedule: { type: 'wave' } }] },
    ': phases[0].schedule.type must be one of constant, step, cosine, one-cycle',
  ],
  [
    'an incomplete schedule',
    { phases: [{ ...phase, schedule: { type: 'cosine' } }] },
    ': phases[0].schedule must have required properties finalFraction',
  ],
  [
    'a momentum of 1',
    { optimizer: { type: 'sgd', momentum: 1, nesterov: true, weightDecay: 0 } },
    ': optimizer.momentum must be < 1',
  ],
  ['a number as augmentation', { augmentation: 5 }, ': augmentation must be object'],
];

for (const [title, content, expected] of mistakes) {
  test(`${title} is invalid-options, with its path`, async t => {
    const error = await t.throwsAsync(read(t, content), { code: 'invalid-options' });
    t.true(
      error!.message.includes(`wide.json${expected.startsWith(':') ? '' : ' '}${expected}`),
      error!.message,
    );
    t.false(error!.message.includes('\n'));
  });
}

test('a missing file ends the command with one line and exit code 2', async t => {
  const folder = await emptyFolder(t);
  const args = ['--config', join(folder, 'none.json'), '--out', join(folder, 'models')];
  const { stdout, stderr, code } = await callCommand(trainCommand, ...args);
  t.is(code, 2);
  t.is(stdout, '');
  t.regex(stderr, /^error invalid-options: .*none\.json cannot be read: .*--config\n$/);
});

test('layers that do not fit the data are invalid-options', async t => {
  const file = await read(t, { layerSizes: [784, 10] });
  const options = parseTrainingOptions(['--data', 'x']);
  const form = { rows: 5, columns: 7, firstLabel: 0, classes: ['a', 'b'] };
  t.deepEqual(
    (await planTraining(options, loopKernels, { file })).configuration.layerSizes,
    [784, 10],
  );
  await t.throwsAsync(planTraining(options, loopKernels, { file, form }), {
    code: 'invalid-options',
    message: /wide\.json: layerSizes must begin with 35 inputs and end with 2 classes/,
  });
});

test('layers in a file for fine-tuning are invalid-options', async t => {
  const options = parseTrainingOptions(['--feedback', 'x']);
  const planning = planTraining(options, loopKernels, { file: await read(t, complete) });
  await t.throwsAsync(planning, {
    code: 'invalid-options',
    message: /layerSizes requires --from/,
  });
});
