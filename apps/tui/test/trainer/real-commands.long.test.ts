// The trainer client with the real commands of this workspace.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createTrainerClient } from '../../src/trainer/trainer-client.ts';
import { trainerPathsIn } from '../../src/trainer/trainer-paths.ts';
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
  const { train } = createTrainerClient(trainerPathsIn(root));
  const error = await t.throwsAsync(train(task, nothing, never), { instanceOf: AppError });
  t.is(error.code, 'trainer-failed');
  t.true(error.message.startsWith(`${url} has no `), error.message);
  t.is(received[0]?.path, '/feedback/export?format=idx');
});

test.serial('nn:promote recognizes the champion', async t => {
  const champion = readFileSync(join(root, 'models/champion.json'), 'utf8');
  const { version } = JSON.parse(champion);
  const { compare } = createTrainerClient(trainerPathsIn(root));
  const gate = await compare(
    { url: closedUrl, models: undefined, confirmed: [] },
    version,
    nothing,
    never,
  );
  t.like(gate, { version, champion: version, passes: true, promoted: false });
});
