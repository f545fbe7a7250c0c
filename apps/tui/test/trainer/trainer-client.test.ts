// The trainer client with real child processes that stand in for nn:train and nn:promote.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingConfiguration } from '@digits/protocol';
import test from 'ava';
import { AppError, type TrainerErrorCode } from '../../src/app-error.ts';
import { createTrainerClient } from '../../src/trainer/trainer-client.ts';
import type { TrainerEvent } from '../../src/trainer/trainer-event.ts';
import { createWatchClient } from '../../src/trainer/watch-client.ts';
import { closedUrl } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type CommandName, fakeTrainer } from './fake-trainer.ts';
import { listenFor } from './listening.ts';

const trainingTask = { url: closedUrl, models: undefined, confirmed: [] };
const suspects = [{ id: 'c2', label: 7, why: 'unlike', predicted: 2, confidence: 0.97 }];
const never = new AbortController().signal;
const nothing = () => {};

const callIn = (folder: string, name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

test.serial('a training reports its corrections, its progress and its result', async t => {
  const events: TrainerEvent[] = [];
  const { train } = createTrainerClient(fakeTrainer('trains'));
  const done = await train(trainingTask, event => events.push(event), never);
  t.deepEqual(done, { type: 'done', version: 'fine-tune-1-0a1b2c3d', isChampion: false });
  t.deepEqual(events[0], {
    type: 'corrections',
    trained: 7,
    heldOut: 2,
    suspects,
  });
  t.deepEqual(
    events.slice(1).map(event => event.type === 'progress' && event.fraction),
    [0.25, 0.5, 0.75, 1],
  );
});

test.serial('the commands are given the service, its key and the models folder', async t => {
  const models = temporaryFolder(t);
  process.env['DIGITS_API_KEY'] = 'key of this test';
  t.teardown(() => delete process.env['DIGITS_API_KEY']);
  const client = createTrainerClient(fakeTrainer('trains'));
  const task = { url: closedUrl, models, confirmed: ['a1', 'b2'] };
  await client.train(task, nothing, never);
  t.deepEqual(callIn(models, 'train'), {
    args: ['--feedback', task.url, '--out', models, '--confirm', 'a1,b2', '--json'],
    apiKey: 'key of this test',
  });
  const fractions: number[] = [];
  const compared = await client.compare(task, 'v7', each => fractions.push(each), never);
  t.false(compared.promoted);
  t.deepEqual(fractions, [0.5, 1]);
  const given = ['--feedback', task.url, '--models', models, '--json', '--progress'];
  t.deepEqual(callIn(models, 'compare').args, ['v7', '--dry-run', ...given]);
  const promoted = await client.promote(task, compared, nothing, never);
  t.true(promoted.promoted);
  const [version, option, file, ...rest] = callIn(models, 'promote').args;
  t.deepEqual([version, option, rest], [compared.version, '--compared', given]);
  t.false(existsSync(file));
});

test.serial('an address with a password is no argument, which other users could read', async t => {
  const models = temporaryFolder(t);
  const { train } = createTrainerClient(fakeTrainer('trains'));
  const url = closedUrl.replace('//', '//me:secret@');
  await train({ url, models, confirmed: [] }, nothing, never);
  const { args, service } = callIn(models, 'train');
  t.deepEqual(args, ['--feedback', '--out', models, '--json']);
  t.is(service, url);
});

test.serial('a check counts the corrections and trains nothing', async t => {
  const models = temporaryFolder(t);
  const { check } = createTrainerClient(fakeTrainer('trains'));
  const checked = await check({ ...trainingTask, models }, never);
  t.deepEqual(checked, { type: 'corrections', trained: 7, heldOut: 2, suspects } as typeof checked);
  t.false(existsSync(join(models, 'train.json')));
});

test.serial('a gate that stops a version is a result, not a failure', async t => {
  const gate = await createTrainerClient(fakeTrainer('trains', 'stops')).compare(
    trainingTask,
    'v7',
    nothing,
    never,
  );
  t.false(gate.passes);
  t.is(gate.why, 'worse on MNIST validation images');
});

const failures: readonly [CommandName, TrainerErrorCode, string][] = [
  [
    'has-no-corrections',
    'trainer-failed',
    'every correction of http://127.0.0.1:8000 is held out, as one in five is: correct more',
  ],
  ['crashes', 'trainer-failed', 'it ended with exit code 1: RangeError: Too many weights'],
  ['is-killed', 'trainer-killed', 'it was killed from outside (SIGKILL)'],
  ['prints-text', 'trainer-bad-output', 'unexpected output instead of JSON'],
  ['breaks-contract', 'trainer-bad-output', 'unexpected output instead of the progress'],
  ['prints-endless-line', 'trainer-bad-output', 'it wrote a line that is too long'],
  ['passes', 'trainer-failed', 'it ended with exit code 0'],
];

for (const [name, code, message] of failures) {
  test.serial(`a command that ${name} fails with ${code}`, async t => {
    const { train } = createTrainerClient(fakeTrainer(name));
    const error = await t.throwsAsync(train(trainingTask, nothing, never), {
      instanceOf: AppError,
    });
    t.is(error.code, code);
    t.is(error.message, message);
  });
}

test.serial('a gate without a result has failed, even with exit code 1', async t => {
  const { compare } = createTrainerClient(fakeTrainer('trains', 'has-no-corrections'));
  const error = await t.throwsAsync(compare(trainingTask, 'v7', nothing, never), {
    instanceOf: AppError,
  });
  t.is(error.code, 'trainer-failed');
});

test.serial('a missing command is named, and no process is started', async t => {
  const programs = { ...fakeTrainer('trains'), train: ['/nowhere/train.ts'] } as const;
  const error = await t.throwsAsync(
    createTrainerClient(programs).train(trainingTask, nothing, never),
    {
      instanceOf: AppError,
    },
  );
  t.is(error.code, 'trainer-missing');
  t.is(error.message, '/nowhere/train.ts does not exist: learning needs the whole repository.');
});

test.serial('a training that is stopped leaves its checkpoint and no process', async t => {
  const models = temporaryFolder(t);
  const { url, connected } = await listenFor(t);
  const stopping = new AbortController();
  const { train } = createTrainerClient(fakeTrainer('waits'));
  const training = train({ url, models, confirmed: [] }, () => stopping.abort(), stopping.signal);
  const gone = connected.then(socket => once(socket.resume(), 'close'));
  const error = await t.throwsAsync(training, { instanceOf: AppError });
  t.is(error.code, 'trainer-stopped');
  t.true(existsSync(join(models, 'checkpoint')));
  await gone;
});

test.serial('a training that ignores SIGTERM is killed', async t => {
  const stopping = new AbortController();
  const { train } = createTrainerClient(fakeTrainer('will-not-end'), 1);
  const training = train(trainingTask, () => stopping.abort(), stopping.signal);
  const error = await t.throwsAsync(training, { instanceOf: AppError });
  t.is(error.code, 'trainer-stopped');
});

test.serial('an aborted training is not started', async t => {
  const { train } = createTrainerClient(fakeTrainer('trains'));
  const error = await t.throwsAsync(train(trainingTask, nothing, AbortSignal.abort()), {
    instanceOf: AppError,
  });
  t.is(error.code, 'trainer-stopped');
});

test.serial('a training ends when the app is killed', async t => {
  const { url, connected } = await listenFor(t);
  const program = fileURLToPath(new URL('./train-in-child.ts', import.meta.url));
  const app = spawn(process.execPath, [program, url], { stdio: 'ignore' });
  const socket = await connected;
  const closed = once(socket.resume(), 'close');
  app.kill('SIGKILL');
  await closed;
  t.pass();
});

test.serial('a watched training removes its files, and those of apps that were killed', async t => {
  const { TMPDIR } = process.env;
  const temporary = temporaryFolder(t);
  process.env['TMPDIR'] = temporary;
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  const others = [`digits-watch-${process.pid}-other1`, 'digits-watch-x'];
  // No system gives a process this number.
  const abandoned = `digits-watch-${2 ** 31 - 1}-killed`;
  for (const name of [...others, abandoned])
    mkdirSync(join(temporary, name, 'folder'), { recursive: true });
  const { watch } = createWatchClient(fakeTrainer('crashes'));
  const task = { configuration: {} as TrainingConfiguration, seed: 1, models: undefined };
  await t.throwsAsync(watch(task, { onEvent: nothing, onStart: nothing }, never));
  t.deepEqual(readdirSync(temporary).toSorted(), others.toSorted());
});
