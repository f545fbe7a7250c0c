// The service as its own process with the champion of the repository: what is done to it can be seen
// from outside, in its answers and in its memory.

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import { draw } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { forgetPeak, memoryOf } from '../support/memory.ts';
import { fetched } from '../support/problem.ts';
import { listeningUrl, spawnService } from '../support/service.ts';

const mostExtraMiB = 50;

type Body = Buffer | string | Readable | null;

/** After so many of each format the heap has the size that it keeps. */
const warmUps = 60;

/**
 * A service that was warmed up, and whose memory is known.
 *
 * @param owner with whom it ends: a test, or all the tests of a file
 */
export async function startService(
  owner: Pick<ExecutionContext, 'teardown'>,
  env: NodeJS.ProcessEnv = {},
) {
  const dataDir = join(tmpdir(), `digits-api-${randomUUID()}`);
  const { child } = spawnService(owner, {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    ...env,
  });
  owner.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const url = await listeningUrl(child);

  const post = async (path: string, headers: Readonly<Record<string, string>>, body: Body) => {
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return fetched(await fetch(`${url}${path}`, request));
  };
  const postGood = () => post('/predict', { 'content-type': 'image/png' }, good);
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const body = await pipeline(draw(7, 28)).toFormat(format).toBuffer();
    for (let i = 0; i < warmUps; i++) await post('/predict', formHeaders, fileForm(body));
  }
  const pid = child.pid!;
  let before = 0;
  const measureMemory = () => {
    forgetPeak(pid);
    before = memoryOf(pid).now;
  };
  measureMemory();
  return {
    url,
    port: Number(new URL(url).port),
    post,
    /** A good picture is answered as ever. */
    async readsDigit(t: ExecutionContext) {
      const { status, body } = await postGood();
      t.is(status, 200);
      t.is((body as Prediction).digit, 7);
    },
    /** From now on; at first from when the service was warm. */
    measureMemory,
    /** Says, and asserts, how much memory the service took at most since it is measured. */
    tookLittleMemory(t: ExecutionContext) {
      const extra = memoryOf(pid).peak - before;
      t.log(`${extra.toFixed(1)} MiB at most beside ${before.toFixed(0)}`);
      t.true(extra < mostExtraMiB, `${extra} MiB of extra memory`);
    },
  };
}

export const good = png(draw(7, 28));

/** Of a service for all the tests of a file, which must be started before anything is waited for. */
export const forAllTests: Pick<ExecutionContext, 'teardown'> = { teardown: test.after.always };
