// An app that nobody touches: what it writes, and what it takes of a core, by /proc.

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { respondSeven, startFakeService } from '../test/fake-service.ts';
import { openReady } from './app-session.ts';

const SETTLE_MS = 2000;
const WATCHED_MS = 12_000;

/** Linux counts in hundredths of a second, whatever the kernel's own clock. */
const TICK_MS = 10;

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

/** User and system time of a process: fields 14 and 15 of its status (proc(5)). */
function cpuMs(pid: number): number {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
