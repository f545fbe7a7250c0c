// The steps of a correction's way: corrections sent to a service, a challenger trained on them, the
// gate, and the promoted version taken up by the service. Used by the short and the long loop test.

import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { png } from '../support/files.ts';
import { formBody, formHeaders } from '../support/form.ts';
import { listeningUrl, spawnService } from '../support/service.ts';
import { barredSeven, type Outcome, oneThread, runCommand } from './commands.ts';

/** Sevens with two bars, which a network trained on MNIST alone classifies as twos. */
const sevens = Array.from({ length: 150 }, (_, i) => png(barredSeven(i)));

/** The personal regression set: one picture in five, by the first four bytes of its digest. */
function isHeldOut(picture: Buffer): boolean {
  return createHash('sha256').update(picture).digest().readUInt32BE(0) % 5 === 0;
}

export const heldOut = sevens.filter(isHeldOut).slice(0, 10);

/** Fifty corrections, ten of which are held out of the training. */
export const corrections = [...heldOut, ...sevens.filter(seven => !isHeldOut(seven)).slice(0, 40)];

/** Trains the first champion. @returns its models folder */
export async function trainChampion(t: ExecutionContext, data: string): Promise<string> {
  const models = await mkdtemp(join(tmpdir(), 'digits-loop-models-'));
  const options = ['--profile', 'quick', '--data', data, '--out', models, ...oneThread];
  const trained = await runCommand('train', ...options);
  t.is(trained.exitCode, 0, trained.stderr);
  return models;
}

/** Starts a service with a copy of the models. */
export async function startService(t: ExecutionContext, trainedModels: string) {
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

export async function correct(url: string, picture: Buffer, label: number): Promise<number> {
  const body = formBody(
    { name: 'file', filename: 'seven.png', type: 'image/png', content: picture },
    { name: 'label', content: String(label) },
  );
  const response = await fetch(`${url}/feedback`, { method: 'POST', headers: formHeaders, body });
  return response.status;
}

export async function predict(url: string, picture: Buffer) {
  const headers = { 'content-type': 'image/png' };
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: picture });
  return (await response.json()) as { digit: number; model: { version: string } };
}

/** The fraction of the held-out sevens that the service classifies as sevens. */
export async function accuracyOnHeldOut(url: string): Promise<number> {
  let correct = 0;
  for (const picture of heldOut) if ((await predict(url, picture)).digit === 7) correct++;
  return correct / heldOut.length;
}

export async function championOf(models: string): Promise<string> {
  return JSON.parse(await readFile(join(models, 'champion.json'), 'utf8')).version;
}

/** The version that a training has written. */
export function trainedVersion({ events }: Outcome): string {
  const { model } = events.at(-1) as { model: { version: string } };
  return model.version;
}

/**
 * Fifty corrections of a style are trained, pass the gate, and change the service's answers, while
 * other clients get an answer to every request.
 */
export async function learnsStyle(t: ExecutionContext, trainedModels: string, data: string) {
  const service = await startService(t, trainedModels);
  const { models, url, before } = service;
  t.is(corrections.length, 50);
  t.true((await accuracyOnHeldOut(url)) < 0.5);
  const load = await startLoad(t, url, heldOut[0]!);
  for (const picture of corrections) t.is(await correct(url, picture, 7), 201);

  const from = ['--feedback', url, '--data', data] as const;
  const trained = await runCommand('train', ...from, '--out', models, ...oneThread);
  t.is(trained.exitCode, 0, trained.stderr);
  const challenger = trainedVersion(trained);
  t.is(await championOf(models), before);
  const gate = await runCommand('promote', challenger, ...from, '--models', models);
  t.is(gate.exitCode, 0, gate.stderr);
  t.like(gate.events.at(-1), { champion: before, passes: true, promoted: true });

  while ((await predict(url, heldOut[0]!)).model.version !== challenger);
  t.true((await accuracyOnHeldOut(url)) > 0.9);
  const { answered, failures, versions } = await stopLoad(load);
  t.deepEqual(failures, []);
  t.true(answered > corrections.length);
  t.deepEqual(versions, [before, challenger]);
  return { ...service, challenger };
}

const loadScript = fileURLToPath(new URL('load.ts', import.meta.url));

async function startLoad(t: ExecutionContext, url: string, picture: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'digits-loop-load-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const file = join(folder, 'seven.png');
  await writeFile(file, picture);
  const child = fork(loadScript, [url, file]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

async function stopLoad(child: ChildProcess) {
  child.send('stop');
  const [result] = await once(child, 'message');
  return result as { answered: number; failures: string[]; versions: string[] };
}
