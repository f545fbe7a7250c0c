// An app that nobody touches: what it writes, and what it takes of a core.

import { setTimeout as wait } from 'node:timers/promises';
import { respondSeven, startFakeService } from '../test/fake-service.ts';
import { openReady } from './app-session.ts';
import { cpuMs } from './cpu-time.ts';

const SETTLE_MS = 2000;
const WATCHED_MS = 12_000;

export type Idle = {
  /** None. */
  readonly bytes: number;
  /** Below 1 %. */
  readonly coreShare: number;
};

export async function measureIdle(): Promise<Idle> {
  const service = await startFakeService(respondSeven);
  const session = await openReady(service.url);
  await wait(SETTLE_MS);
  const bytes = session.bytes();
  const cpu = cpuMs(session.pid);
  await wait(WATCHED_MS);
  const idle = {
    bytes: session.bytes() - bytes,
    coreShare: (cpuMs(session.pid) - cpu) / WATCHED_MS,
  };
  await session.leave();
  await service.close();
  return idle;
}
