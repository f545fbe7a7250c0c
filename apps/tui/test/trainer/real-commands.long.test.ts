// The trainer client with the real commands of this workspace.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawStrokes } from '@digits/canvas';
import type { TrainingEvent, WatchCommand } from '@digits/protocol';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { programsInWorkspace } from '../../src/programs.ts';
import { createTrainerClient } from '../../src/trainer/trainer-client.ts';
import { createWatchClient } from '../../src/trainer/watch-client.ts';
import { closedUrl, serveFor } from '../fake-service.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const never = new AbortController().signal;
const nothing = () => {};

/** A tar archive without files: only its end. */
const emptyTar = Buffer.alloc(1024);

test.serial('nn:train reads the service’s export and reports what is missing in it', async t => {
  const { url, received } = await serveFor(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-tar' }).end(emptyTar);
  });
  const task = { url, models: temporaryFolder(t), confirmed: [] };
  const { train } = createTrainerClient(programsInWorkspace(root));
  const error = await t.throwsAsync(train(task, nothing, never), { instanceOf: AppError });
  t.is(error.code, 'trainer-failed');
  t.true(error.message.startsWith(`${url} has no `), error.message);
  t.is(received[0]?.path, '/feedback/export?format=idx');
});

test.serial('nn:promote recognizes the champion', async t => {
  const champion = readFileSync(join(root, 'models/champion.json'), 'utf8');
  const { version } = JSON.parse(champion);
  const { compare } = createTrainerClient(programsInWorkspace(root));
  const gate = await compare(
    { url: closedUrl, models: undefined, confirmed: [] },
    version,
    nothing,
    never,
  );
  t.like(gate, { version, champion: version, passes: true, promoted: false });
});

test.serial(
  'a network that is watched learns to read a drawing, and ends when it is aborted',
  async t => {
    const configuration = {
      layerSizes: [784, 64, 32, 10],
      phases: [
        { batchSize: 32, epochs: 3, learningRate: 0.01, schedule: { type: 'constant' as const } },
      ],
      recipe: { restroked: 0, synthetic: 0, degraded: 0, recorded: 0, pictures: 0, outliers: 0 },
      maxImages: 2000,
    };
    const one = drawStrokes([
      [
        [14, 4],
        [14, 24],
      ],
    ]);
    const pixels = Buffer.from(one).toString('base64');
    const models = temporaryFolder(t);
    const stopping = new AbortController();
    const answers: (number | null)[] = [];
    let send: (command: WatchCommand) => void = nothing;
    const onEvent = (event: TrainingEvent) => {
      if (event.type === 'filters' && event.step === 0) {
        send({ type: 'probe', picture: 'one', pixels });
        send({ type: 'continue' });
      }
      if (event.type === 'probe') answers.push(event.answers[0]!.digit);
      if (event.type === 'unsaved') stopping.abort();
    };
    const onStart = (given: typeof send) => {
      send = given;
      send({ type: 'pause' });
    };
    const { watch } = createWatchClient(programsInWorkspace(root));
    const task = { configuration, seed: 1, models };
    const error = await t.throwsAsync(watch(task, { onEvent, onStart }, stopping.signal));
    t.like(error, { code: 'trainer-stopped' });
    t.is(answers.at(-1), 1);
    t.true(answers.length > 2, `${answers}`);
    t.deepEqual(readdirSync(models), []);
  },
);
