// The idle app: the bytes that it writes and its CPU time.

import { setTimeout as wait } from 'node:timers/promises';
import { respondSeven, startFakeService } from '../test/fake-service.ts';
import { openReady } from './app-session.ts';
import { cpuMs } from './measure.ts';

const settleMs = 2000;
const watchedMs = 12_000;

export interface Idle {
  /** None. */
  readonly bytes: number;
  /** Below 1 %. */
  readonly coreShare: number;
}

export async function measureIdle(): Promise<Idle> {
  const service = await startFakeService(respondSeven);
  const session = await openReady(service.url);
  await wait(settleMs);
  const bytes = session.bytes();
  const cpu = cpuMs(session.pid);
  await wait(watchedMs);
  const idle = {
    bytes: session.bytes() - bytes,
    coreShare: (cpuMs(session.pid) - cpu) / watchedMs,
  };
  await session.quit();
  await service.close();
  return idle;
}
