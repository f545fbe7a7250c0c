// From corrections to a better champion: taught, compared, promoted, and taken up by a service that
// never stops answering. With a small network on a part of MNIST.

import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { png } from '../support/files.ts';
import { formBody, formHeaders } from '../support/form.ts';
import { loadMnistTestImages } from '../support/mnist.ts';
import { listeningUrl, spawnService } from '../support/service.ts';
import { barredSeven, learn, someOfMnist } from './learner.ts';

/** So few that it is quick; of fewer than a thousand the gate goes by its exact test alone. */
const testImages = 400;

/** The bytes are the same on any number, and the machine is not this test's alone. */
const oneThread = ['--threads', '1'] as const;

/** Sevens with two bars, which a network that has seen MNIST alone takes for twos. */
const sevens = Array.from({ length: 150 }, (_, i) => png(barredSeven(i)));
const heldOut = sevens.filter(isHeldOut).slice(0, 10);
const pictures = [...heldOut, ...sevens.filter(seven => !isHeldOut(seven)).slice(0, 40)];

/** What the champion has seen: a tenth of MNIST, so that it is quick and leaves something to learn. */
let seen = '';

/** All of MNIST's training images: with them a style is learnt at nobody's cost, by a wide margin. */
let data = '';
let trainedModels = '';

test.before('a network is trained on some of MNIST', async t => {
  t.timeout(300_000);
  seen = await someOfMnist(6000, testImages);
  data = await someOfMnist(60_000, testImages);
  trainedModels = await mkdtemp(join(tmpdir(), 'digits-loop-models-'));
  const trained = await learn(
    'train',
    '--profile',
    'quick',
    '--data',
    seen,
    '--out',
    trainedModels,
    ...oneThread,
  );
  t.is(trained.exitCode, 0, trained.stderr);
});

test.after.always(async () => {
  for (const folder of [seen, data, trainedModels]) {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A service that serves a champion of its own. */
async function prepare(t: ExecutionContext) {
  const models = await mkdtemp(join(tmpdir(), 'digits-loop-models-'));
  const feedback = await mkdtemp(join(tmpdir(), 'digits-loop-feedback-'));
  for (const folder of [models, feedback]) t.teardown(() => rm(folder, { recursive: true }));
  await cp(trainedModels, models, { recursive: true });
  const { child } = spawnService(t, {
    MODELS_DIR: models,
    DATA_DIR: feedback,
    PORT: '0',
    LOG_LEVEL: 'silent',
    MAX_EVENT_LOOP_DELAY_MS: '0',
  });
  return { models, url: await listeningUrl(child), before: await championOf(models) };
}

/** The personal regression set: one picture in five, by the first four bytes of its digest. */
function isHeldOut(picture: Buffer): boolean {
  return createHash('sha256').update(picture).digest().readUInt32BE(0) % 5 === 0;
}

async function correct(url: string, picture: Buffer, label: number): Promise<number> {
  const body = formBody(
    { name: 'file', filename: 'seven.png', type: 'image/png', content: picture },
    { name: 'label', content: String(label) },
  );
  const response = await fetch(`${url}/feedback`, { method: 'POST', headers: formHeaders, body });
  return response.status;
}

async function ask(url: string, picture: Buffer) {
  const headers = { 'content-type': 'image/png' };
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: picture });
  return (await response.json()) as { digit: number; model: { version: string } };
}

async function shareReadAs(digit: number, url: string, pictures: readonly Buffer[]) {
  let read = 0;
  for (const picture of pictures) if ((await ask(url, picture)).digit === digit) read++;
  return read / pictures.length;
}

/** In percent, of all ten thousand test images. */
async function mnistAccuracy(t: ExecutionContext, models: string, version: string) {
  const file = join(models, version, 'model.safetensors');
  const { exitCode, events, stderr } = await learn('evaluate', '--quick', '--model', file);
  t.is(exitCode, 0, stderr);
  const [document] = events as unknown as [{ evaluations: { evaluation: { accuracy: number } }[] }];
  return 100 * document.evaluations[0]!.evaluation.accuracy;
}

const load = fileURLToPath(new URL('load.ts', import.meta.url));

async function startLoad(t: ExecutionContext, url: string, picture: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'digits-loop-load-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'seven.png');
  await writeFile(file, picture);
  const child = fork(load, [url, file]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

async function stopLoad(child: ChildProcess) {
  child.send('stop');
  const [result] = await once(child, 'message');
  return result as { answered: number; failures: string[]; versions: string[] };
}

async function championOf(models: string): Promise<string> {
  return JSON.parse(await readFile(join(models, 'champion.json'), 'utf8')).version;
}

function versionIn({ events }: Awaited<ReturnType<typeof learn>>): string {
  const { model } = events.at(-1) as { model: { version: string } };
  return model.version;
}

test.serial(
  'a style that is corrected fifty times is read, and no request is lost on the way',
  async t => {
    t.timeout(300_000);
    const { models, url, before } = await prepare(t);
    t.is(pictures.length, 50);
    t.true((await shareReadAs(7, url, heldOut)) < 0.5);
    const asking = await startLoad(t, url, heldOut[0]!);
    for (const picture of pictures) t.is(await correct(url, picture, 7), 201);

    const from = ['--feedback', url, '--data', data] as const;
    const taught = await learn('train', ...from, '--out', models, ...oneThread);
    t.is(taught.exitCode, 0, taught.stderr);
    const challenger = versionIn(taught);
    t.is(await championOf(models), before);
    const gate = await learn('promote', challenger, ...from, '--models', models);
    t.is(gate.exitCode, 0, gate.stderr);
    t.like(gate.events.at(-1), { champion: before, passes: true, promoted: true });

    while ((await ask(url, heldOut[0]!)).model.version !== challenger);
    t.true((await shareReadAs(7, url, heldOut)) > 0.9);
    const { answered, failures, versions } = await stopLoad(asking);
    t.deepEqual(failures, []);
    t.true(answered > pictures.length);
    t.deepEqual(versions, [before, challenger]);
    const lost =
      (await mnistAccuracy(t, models, before)) - (await mnistAccuracy(t, models, challenger));
    t.true(lost <= 0.1, `${lost} points lost`);
  },
);

test.serial('corrections with shuffled labels are stopped by the gate', async t => {
  t.timeout(300_000);
  const { models, url, before } = await prepare(t);
  // Digits of all kinds, that nothing is tested with, and no label is right by luck.
  const digits = (await loadMnistTestImages()).slice(1000, 1050);
  for (const [i, digit] of digits.entries()) {
    t.is(await correct(url, png(digit), (digit.label + 1 + (i % 9)) % 10), 201);
  }
  const feedback = ['--feedback', url] as const;
  const taught = await learn(
    'train',
    ...[...feedback, '--data', seen, '--out', models, ...oneThread, '--confirm', 'all'],
  );
  t.is(taught.exitCode, 0, taught.stderr);
  const gate = await learn(
    'promote',
    versionIn(taught),
    ...[...feedback, '--data', data, '--models', models],
  );
  t.is(gate.exitCode, 1, gate.stderr);
  t.like(gate.events.at(-1), { passes: false, promoted: false });
  t.is(await championOf(models), before);
});
