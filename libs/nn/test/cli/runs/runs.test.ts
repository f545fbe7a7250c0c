// nn:runs as a process: the experiment log of a models folder, whatever lies in it.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { writeChampionFile } from '../../../src/registry/champion.ts';
import { encodeSafetensors } from '../../../src/registry/safetensors.ts';
import { emptyFolder, saveTiny } from '../../registry/models.ts';
import { input } from '../../report/report-input.ts';
import { runCommand } from '../support/run-command.ts';

const card = (momentum: number, accuracy: string) => `# tiny

## Training

|  |  |
| --- | --- |
| phase 1 | {"epochs":2,"schedule":{"type":"constant"}} |
| momentum | ${momentum} |

## Figures

|  | MNIST test images |
| --- | --- |
| Accuracy | ${accuracy} |
`;

/** Two versions with their papers, of which the first is the champion, and an unfinished run. */
async function prepare(folder: string) {
  const [first, second] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await writeChampionFile(folder, first);
  for (const [{ version }, text] of [
    [first, card(0.9, '98.10 %')],
    [second, card(0.8, '98.40 %')],
  ] as const) {
    const lines = input.history.map(event => JSON.stringify(event));
    await writeFile(join(folder, version, 'training.jsonl'), `nonsense\n${lines.join('\n')}\n`);
    await writeFile(join(folder, version, 'card.md'), text);
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

test.serial('every training is listed with what its files tell, finished or not', async t => {
  const folder = await emptyFolder(t);
  const { first, second } = await prepare(folder);
  const { stdout, stderr, code } = await runCommand('runs', '--models', folder, '--json');
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
    validation: 0.8,
    test: null,
    problem: null,
  });
  t.like(named(second.version), { isChampion: false, facts: { Training: { momentum: '0.8' } } });
  t.like(named('quick-7'), { isFinished: false, profile: 'quick', seed: '7', epochs: 2 });
  t.regex(stderr, /^Version +When .*\n/);
  t.regex(stderr, new RegExp(`\n${first.version} .* 80\\.00 % +– +champion\n`));
});

test.serial('two are put side by side, with their differences', async t => {
  const folder = await emptyFolder(t);
  const { first, second } = await prepare(folder);
  const names = [first.version, second.version];
  const { stdout } = await runCommand('runs', '--models', folder, '--compare', ...names);
  t.regex(stdout, /\nTraining +momentum +0\.9 +0\.8 +−0\.1\n/);
  t.regex(stdout, /\nFigures +Accuracy, MNIST test images +98\.10 % +98\.40 % +\+0\.3\n/);
  t.regex(stdout, /\nThe same in both: .*phase 1 epochs, phase 1 schedule type/);
});

test.serial('--report writes a page with their curves, and nothing to fetch in it', async t => {
  const folder = await emptyFolder(t);
  const { first } = await prepare(folder);
  const file = join(folder, 'reports', 'runs.html');
  const { code } = await runCommand('runs', '--models', folder, '--report', file);
  t.is(code, 0);
  const page = await readFile(file, 'utf8');
  t.true(page.includes(first.version));
  t.is(page.split('<svg').length - 1, 3);
});

test.serial(
  'a broken model is listed with what is wrong, and an empty folder is said to be empty',
  async t => {
    const folder = await emptyFolder(t);
    const empty = await runCommand('runs', '--models', folder);
    t.regex(empty.stdout, /has no training/);
    await mkdir(join(folder, 'broken-1-01234567'));
    await writeFile(join(folder, 'broken-1-01234567', 'model.safetensors'), 'no model');
    const { stdout, code } = await runCommand('runs', '--models', folder);
    t.is(code, 0);
    t.regex(stdout, /\nbroken-1-01234567 .* model-\w/);
  },
);

test.serial('mistakes are told with exit code 2', async t => {
  const folder = await emptyFolder(t);
  const unknown = await runCommand('runs', '--models', folder, '--compare', 'a', 'b');
  t.is(unknown.code, 2);
  t.regex(unknown.stderr, /^error model-missing: .* has no training a/);
  const one = await runCommand('runs', '--compare', 'a');
  t.is(one.code, 2);
  t.regex(one.stderr, /--compare needs two versions/);
});
