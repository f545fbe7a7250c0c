// The commands as processes: each starts, reports a mistake on stderr and sets its exit code. Their
// work is tested by calling them in the process of the test.

import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { endTaskRunner } from '../../../cli/shared/task-runner.ts';
import { writeChampionFile } from '../../../src/registry/champion.ts';
import { emptyFolder, saveTiny } from '../../registry/models.ts';
import { runCommand, startCommand } from '../support/run-command.ts';

const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['train', ['--speed', '9'], /unknown option '--speed'/],
  ['evaluate', ['--speed', '9'], /unknown option '--speed'/],
  ['promote', ['a', '--force'], /--force needs --why/],
  ['rollback', ['--speed', '9'], /unknown option '--speed'/],
  ['runs', ['--compare', 'a'], /--compare needs two versions/],
  ['bench', ['--runs', '0'], /whole number/],
];

for (const [name, args, expected] of refused) {
  test.serial(`nn:${name} ends bad arguments with a hint and exit code 2`, async t => {
    const { stdout, stderr, code } = await runCommand(name, ...args);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, expected);
    t.true(stderr.includes(`nx run nn:${name} -- --help`));
  });
}

test.serial('a command whose output is closed by its reader ends without a message', async t => {
  const { closeStdout, finished } = startCommand('runs', []);
  closeStdout();
  t.like(await finished, { stderr: '', code: 141 });
});

const testWithFull = existsSync('/dev/full') ? test.serial : test.skip;

testWithFull('a command whose output finds no space says so in a line', t => {
  const full = openSync('/dev/full', 'w');
  t.teardown(() => closeSync(full));
  const runs = fileURLToPath(new URL('../../../cli/runs/runs.ts', import.meta.url));
  const { stderr, status } = spawnSync(process.execPath, [runs], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  t.is(stderr, 'error write-failed: stdout: no space left on device\n');
  t.is(status, 2);
});

test.serial(
  'without MODELS_DIR one’s own models in DATA_DIR are over the shipped ones',
  async t => {
    const { MODELS_DIR } = process.env;
    t.teardown(() => Object.assign(process.env, { MODELS_DIR, DATA_DIR: '' }));
    const data = await emptyFolder(t);
    Object.assign(process.env, { MODELS_DIR: '', DATA_DIR: data });
    const own = await saveTiny(join(data, 'models'), 1);
    await writeChampionFile(join(data, 'models'), own);
    const { stdout, stderr } = await runCommand('runs', '--json');
    const { runs, newlyShipped } = JSON.parse(stdout);
    t.is(runs.length, 2);
    t.like(runs[0], { version: own.version, isChampion: true, isShipped: false });
    t.like(runs[1], { version: newlyShipped, isChampion: false, isShipped: true });
    t.is(runs[1].validation.set, 'MNIST validation images');
    t.regex(runs[1].samples, /^MNIST validation images and [\d,]+ others$/);
    t.true(stderr.endsWith(`\n  npx nx run nn:promote -- ${newlyShipped}\n`));
  },
);

const task = { NX_TASK_TARGET_PROJECT: 'nn', NX_INVOCATION_ANCESTOR_PIDS: '7,11' };

for (const [what, env, isTTY, killed] of [
  ['its task in a terminal', { ...task, NX_TASK_TARGET_TARGET: 'train' }, true, [[11, 'SIGINT']]],
  ['its task without one', { ...task, NX_TASK_TARGET_TARGET: 'train' }, false, []],
  ['a task that starts it', { ...task, NX_TASK_TARGET_TARGET: 'test' }, true, []],
  ['nothing', {}, true, []],
] as const) {
  test(`where Nx runs ${what}, an interrupted command interrupts it: ${killed.length > 0}`, async t => {
    const signals: unknown[] = [];
    const command = Object.assign(new EventEmitter(), {
      ...{ env, argv: ['node', '/cli/train/train.ts'], stdin: { isTTY }, platform: 'linux' },
      kill(...signal: readonly unknown[]) {
        signals.push(signal);
        command.emit('SIGTERM');
      },
    });
    await endTaskRunner(command as unknown as NodeJS.Process);
    t.deepEqual(signals, [...killed]);
  });
}
