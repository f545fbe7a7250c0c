// nn:runs: the list of the trainings in a models folder, with any files in it.

import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunMetrics } from '@digits/protocol';
import test from 'ava';
import { listRuns } from '../../../cli/runs/known-runs.ts';
import { runsCommand } from '../../../cli/runs/runs.ts';
import { type ChampionFile, writeChampionFile } from '../../../src/registry/champion.ts';
import { writeHistory } from '../../../src/registry/history.ts';
import type { ModelsFolder } from '../../../src/registry/models-folder.ts';
import { encodeSafetensors } from '../../../src/registry/safetensors.ts';
import { changeOf, emptyFolder, saveTiny } from '../../registry/models.ts';
import { input } from '../../report/report-input.ts';
import { callCommand } from '../support/run-command.ts';

const { count, correct, interval, calibrated, uncalibrated } = input.evaluations[0].evaluation;

/** The metrics of a tiny training. */
function metricsOf({ version, sha256 }: ChampionFile, momentum: number, own: number): RunMetrics {
  return {
    format: 'digits-metrics/1',
    version,
    sha256,
    profile: 'tiny',
    seed: 1,
    layerSizes: [7, 5, 3],
    trainedOn: 'nothing',
    hyperparameters: {
      'phase 1': '{"epochs":2,"schedule":{"type":"constant"}}',
      momentum: String(momentum),
      nested: `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      '\x1b[2J': 'same',
    },
    evaluations: [
      {
        ...{ name: 'MNIST test images', count, correct, interval, calibrated, uncalibrated },
        accuracy: own,
      },
    ],
  };
}

/** Two versions with their files, of which the first is the champion, and an unfinished run. */
async function prepare(folder: string) {
  const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await writeChampionFile(folder, first);
  for (const metrics of [metricsOf(first, 0.9, 0.981), metricsOf(second, 0.8, 0.984)]) {
    const { version } = metrics;
    const lines = input.history.map(event => JSON.stringify(event));
    await writeFile(join(folder, version, 'training.jsonl'), `nonsense\n${lines.join('\n')}\n`);
    await writeFile(join(folder, version, 'metrics.json'), JSON.stringify(metrics));
  }
  const run = join(folder, '.runs', 'quick-7');
  await mkdir(run, { recursive: true });
  const metadata = { progress: JSON.stringify({ history: input.history.slice(0, 2) }) };
  await writeFile(
    join(run, 'checkpoint.safetensors'),
    encodeSafetensors({ metadata, tensors: new Map() }),
  );
  return { first, second };
}

test('every training is listed with the facts of its files, finished or not', async t => {
  const folder = await emptyFolder(t);
  const { first, second } = await prepare(folder);
  const { stdout, stderr, code } = await callCommand(runsCommand, '--models', folder, '--json');
  t.is(code, 0, stderr);
  const { runs } = JSON.parse(stdout);
  const named = (version: string) =>
    runs.find((run: { version: string }) => run.version === version);
  t.is(runs.length, 3);
  t.like(named(first.version), {
    isChampion: true,
    isFinished: true,
    layers: '7-5-3',
    profile: 'tiny',
    seed: '1',
    epochs: 3,
    validation: { accuracy: 0.8, set: '5 validation samples' },
    samples: '5 validation samples',
    test: null,
    problem: null,
  });
  t.like(named(second.version), { isChampion: false, facts: { Training: { momentum: '0.8' } } });
  t.like(named('quick-7'), { isFinished: false, profile: 'quick', seed: '7', epochs: 2 });
  t.regex(stderr, /^Version +When .*\n/);
  t.regex(stderr, new RegExp(`\n${first.version} .* 80\\.00 % +– +champion\n`));
  t.regex(stderr, /\nValidation: 5 validation samples\.\n$/);
});

test('the time of a training is not that of the installation, nor of a copy', async t => {
  const [own, shipped] = [await emptyFolder(t), await emptyFolder(t)];
  const promoted = await saveTiny(shipped, 1);
  const unknown = await saveTiny(shipped, 2);
  await writeChampionFile(shipped, promoted);
  const change = changeOf(null, promoted);
  const rollback = { ...changeOf(unknown, promoted, 'rollback'), at: '2026-03-02T12:00:00.000Z' };
  const trained = await saveTiny(own, 3);
  const writtenAt = '2026-02-01T12:00:00.000Z';
  await utimes(join(own, trained.path), new Date(), new Date(writtenAt));
  const timesIn = async (folder: ModelsFolder) =>
    (await listRuns(folder)).map(({ version, at }) => [version, at]);
  await writeHistory(shipped, [change, rollback]);
  t.deepEqual(await timesIn({ own, shipped }), [
    [promoted.version, change.at],
    [trained.version, writtenAt],
    [unknown.version, null],
  ]);
  t.deepEqual((await timesIn(shipped)).at(-1), [promoted.version, change.at]);
  await writeFile(join(shipped, 'history.jsonl'), 'nonsense');
  const { stdout } = await callCommand(runsCommand, '--models', shipped);
  t.regex(stdout, new RegExp(`\n${promoted.version} +20`));
});

test('two trainings are compared, with their differences', async t => {
  const folder = await emptyFolder(t);
  const { first, second } = await prepare(folder);
  const names = [first.version, second.version];
  const { stdout } = await callCommand(runsCommand, '--models', folder, '--compare', ...names);
  t.regex(stdout, /\nTraining\n {2}momentum +0\.9 +0\.8 +−0\.1\n/);
  t.regex(stdout, /\nFigures\n {2}Accuracy, MNIST test images +98\.10 % +98\.40 % +\+0\.3\n/);
  t.regex(stdout, /\nThe same in both: .*phase 1 epochs, phase 1 schedule type/);
  t.false(stdout.includes('\x1b'));
});

test('--report writes a page with the curves that loads no other file', async t => {
  const folder = await emptyFolder(t);
  const { first } = await prepare(folder);
  const file = join(folder, 'reports', 'runs.html');
  const { code } = await callCommand(runsCommand, '--models', folder, '--report', file);
  t.is(code, 0);
  const page = await readFile(file, 'utf8');
  t.true(page.includes(first.version));
  t.is(page.split('<svg').length - 1, 3);
});

test('a corrupt model is listed with its error code, and an empty folder is reported', async t => {
  const folder = await emptyFolder(t);
  const empty = await callCommand(runsCommand, '--models', folder);
  t.regex(empty.stdout, /has no training/);
  await mkdir(join(folder, 'broken-1-01234567'));
  await writeFile(join(folder, 'broken-1-01234567', 'model.safetensors'), 'no model');
  const { stdout, code } = await callCommand(runsCommand, '--models', folder);
  t.is(code, 0);
  t.regex(stdout, /\nbroken-1-01234567 .* model-\w/);
});

test('an unknown version is exit code 2', async t => {
  const folder = await emptyFolder(t);
  const unknown = await callCommand(runsCommand, '--models', folder, '--compare', 'a', 'b');
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /^error model-missing: .* has no training a/);
});

test('a version without valid metrics is listed by its model file alone', async t => {
  const folder = await emptyFolder(t);
  const { first, second } = await prepare(folder);
  await rm(join(folder, first.version, 'metrics.json'));
  await writeFile(join(folder, second.version, 'metrics.json'), '{"format":"digits-metrics/9"}');
  const { stdout } = await callCommand(runsCommand, '--models', folder, '--json');
  for (const run of JSON.parse(stdout).runs.filter(
    ({ isFinished }: { isFinished: boolean }) => isFinished,
  )) {
    t.like(run, { layers: '7-5-3', epochs: 3, facts: { Training: {}, Figures: {} } });
    t.is(run.facts.Model.trainedOn, 'nothing');
  }
});
