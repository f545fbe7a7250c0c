// Champions that cannot be read, lead elsewhere, or change under load.

import { execFileSync } from 'node:child_process';
import { copyFile, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { picture } from '../../test/support/feedback.ts';
import { promote, writeTinyVersion } from '../../test/support/tiny-model.ts';
import { ask } from '../hostile/exchange.ts';
import { pause, type Service } from '../support/service.ts';
import { holdServes } from './corrections.ts';
import { type Context, hold, holdStatus, type Scenario } from './scenario.ts';
import { pipe } from './store.ts';

const maxStartMs = 15_000;

/** Puts a FIFO in the place of a file of the models folder. */
async function replaceByPipe(context: Context, path: string, hasWriter: boolean): Promise<void> {
  await rm(path);
  if (hasWriter) pipe(context, path);
  else execFileSync('mkfifo', [path]);
}

/** The service must listen, be alive, not be ready, say why, and end when it is asked to. */
async function holdWithoutModel(context: Context): Promise<void> {
  const service = await context.spawn();
  const isListening = await Promise.race([service.listening.then(() => true), pause(maxStartMs)]);
  hold(isListening === true, 'the service does not listen');
  await holdStatus(service, '/health/live', 200);
  await holdStatus(service, '/health/ready', 503);
  hold(await service.logs(/model|champion/i), 'the log does not say that there is no model');
  hold(await service.end(), 'the service did not end on SIGTERM');
}

const pipeModel: Scenario = {
  name: 'pipe-model',
  holds: 'a model that is a FIFO leaves the service alive and not ready, and SIGTERM ends it',
  async run(context) {
    const path = join(await context.modelsDir(), 'tiny.safetensors');
    await replaceByPipe(context, path, false);
    await holdWithoutModel(context);
  },
};

const hangingModel: Scenario = {
  name: 'hanging-model',
  holds:
    'a model whose bytes never come leaves the service alive and not ready, and SIGTERM ends it',
  async run(context) {
    const path = join(await context.modelsDir(), 'tiny.safetensors');
    await replaceByPipe(context, path, true);
    await holdWithoutModel(context);
  },
};

const pipeChampion: Scenario = {
  name: 'pipe-champion',
  holds:
    'a champion.json that becomes a FIFO keeps the old model served, and SIGTERM ends the service',
  async run(context) {
    const folder = await context.modelsDir();
    const service = await context.start();
    execFileSync('mkfifo', [join(folder, 'next.json')]);
    await rename(join(folder, 'next.json'), join(folder, 'champion.json'));
    for (let i = 0; i < 6; i++) service.process.kill('SIGHUP');
    await pause(1000);
    await holdServes(service.port);
    hold(await service.logs(/champion/i), 'the log does not name champion.json');
    hold(await service.end(), 'the service did not end on SIGTERM');
  },
};

const symlinkOut: Scenario = {
  name: 'symlink-out',
  holds: 'a model behind a symlink that leads out of the models folder is not served',
  async run(context) {
    const path = join(await context.modelsDir(), 'tiny.safetensors');
    await copyFile(path, join(context.folder, 'outside.safetensors'));
    await rm(path);
    await symlink(join(context.folder, 'outside.safetensors'), path);
    await holdWithoutModel(context);
  },
};

const truncated: Scenario = {
  name: 'truncated-champion',
  holds: 'a champion that is cut or swapped for another file keeps the old model served',
  async run(context) {
    const folder = await context.modelsDir();
    const service = await context.start();
    const path = join(folder, 'tiny.safetensors');
    await writeFile(path, (await readFile(path)).subarray(0, 1000));
    service.process.kill('SIGHUP');
    await writeFile(join(folder, 'champion.json'), '{"version": "x", "path": "../../etc/passwd"');
    service.process.kill('SIGHUP');
    hold(await service.logs(/model|champion/i), 'the log does not say that it was refused');
    await holdServes(service.port);
  },
};

const swaps = 60;

const swapped: Scenario = {
  name: 'champion-swaps',
  holds: `during ${swaps} swaps every picture is classified, by one of the champions`,
  async run(context) {
    const folder = await context.modelsDir();
    const versions = [
      await writeTinyVersion(folder, 'one', 1),
      await writeTinyVersion(folder, 'two', 2),
    ];
    await promote(folder, versions[1]!);
    const service = await context.start();
    const load = loadUntilStopped(service);
    for (let i = 0; i < swaps; i++) {
      await promote(folder, versions[i % 2]!);
      service.process.kill('SIGHUP');
      await pause(20);
    }
    const answers = await load.stop();
    const wrong = answers.filter(answer => !/^200 (1 one|2 two)$/.test(answer));
    hold(wrong.length === 0, `${wrong.length} of ${answers.length} answers, as ${wrong[0]}`);
    hold(new Set(answers).size === 2, 'only one of the champions answered');
    await holdServed(service, 'two');
  },
};

/** Polls, because a reload takes a moment. */
async function holdServed(service: Service, version: string): Promise<void> {
  let served: unknown;
  for (let left = 50; left > 0 && served !== version; left--) {
    served = JSON.parse(`${(await ask(service.port, 'GET', '/model')).body}`).version;
    await pause(100);
  }
  hold(served === version, `${served} is served at the end, not ${version}`);
}

/** Four clients. Each answer is its status, digit and version. */
function loadUntilStopped({ port }: Service) {
  const answers: string[] = [];
  let isStopped = false;
  const upload = { contentType: 'image/png', bytes: picture(0) };
  const client = async () => {
    while (!isStopped) {
      try {
        const { status, body } = await ask(port, 'POST', '/predict', upload);
        const { digit, model } = JSON.parse(`${body}`);
        answers.push(`${status} ${digit} ${model?.version}`);
      } catch (error) {
        answers.push((error as Error).message);
      }
    }
  };
  const clients = Promise.all(Array.from({ length: 4 }, client));
  return {
    async stop() {
      isStopped = true;
      await clients;
      return answers;
    },
  };
}

export const modelScenarios = [
  pipeModel,
  hangingModel,
  pipeChampion,
  symlinkOut,
  truncated,
  swapped,
];
