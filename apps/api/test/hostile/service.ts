// A service in a process of its own with the repository's champion, whose answers and memory are
// checked while it is attacked.

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import { memoryOf, resetPeak } from '../../checks/support/vitals.ts';
import { mallocEnvironment } from '../../src/process/memory-settings.ts';
import { draw } from '../support/drawing.ts';
import { pipeline, png } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { fetched } from '../support/problem.ts';
import { listeningUrl, spawnService } from '../support/service.ts';

const maxExtraMiB = 50;

type Body = Buffer | string | Readable | null;

/** After this many requests with each format the heap has its final size. */
const warmUpRequests = 60;

/**
 * Starts a service, warms it up, and measures its memory.
 *
 * @param owner a test, or all tests of a file, after which the service ends
 * @param warmUps requests with each format; 0 where memory is not measured
 */
export async function startService(
  owner: Pick<ExecutionContext, 'teardown'>,
  env: NodeJS.ProcessEnv = {},
  warmUps = warmUpRequests,
) {
  const dataDir = join(tmpdir(), `digits-api-${randomUUID()}`);
  const { child } = spawnService(owner, {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    ...mallocEnvironment,
    ...env,
  });
  owner.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const url = await listeningUrl(child);

  const post = async (path: string, headers: Readonly<Record<string, string>>, body: Body) => {
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return fetched(await fetch(`${url}${path}`, request));
  };
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const body = await pipeline(draw(7, 28)).toFormat(format).toBuffer();
    for (let i = 0; i < warmUps; i++) await post('/predict', formHeaders, fileForm(body));
  }
  const pid = child.pid!;
  let before = 0;
  const measureMemory = () => {
    resetPeak(pid);
    before = memoryOf(pid).now;
  };
  measureMemory();
  return {
    url,
    port: Number(new URL(url).port),
    post,
    /** Asserts that a good picture is classified correctly. */
    async readsDigit(t: ExecutionContext) {
      const { status, body } = await post('/predict', { 'content-type': 'image/png' }, good);
      t.is(status, 200);
      t.is((body as Prediction).digit, 7);
    },
    /** Restarts the measurement that began after the warm-up. */
    measureMemory,
    /** Resident memory in MiB: now, and its peak since the measurement began. */
    memory: () => memoryOf(pid),
    /** Logs and asserts the peak of the extra memory since the measurement began. */
    tookLittleMemory(t: ExecutionContext) {
      const extra = memoryOf(pid).peak - before;
      t.log(`${extra.toFixed(1)} MiB at most beside ${before.toFixed(0)}`);
      t.true(extra < maxExtraMiB, `${extra} MiB of extra memory`);
    },
  };
}

export const good = png(draw(7, 28));

/** The owner of a service for all tests of a file, which must be started while the file is loaded. */
export const forAllTests: Pick<ExecutionContext, 'teardown'> = { teardown: test.after.always };

let shared: ReturnType<typeof startService> | undefined;

/** The service of all files in this folder. */
export function sharedService(): ReturnType<typeof startService> {
  shared ??= startService(forAllTests);
  return shared;
}
