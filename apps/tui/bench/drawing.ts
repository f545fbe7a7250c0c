// Drawing at 200 mouse reports a second: the latency to the screen and the bytes written. Each report
// goes to an untouched cell, so that its ink can be identified.

import { setTimeout as wait } from 'node:timers/promises';
import { canvasOn } from '../test/emulated-screen.ts';
import { respondSeven, startFakeService } from '../test/fake-service.ts';
import { type AppSession, openReady } from './app-session.ts';
import { cpuMs, percentile } from './measure.ts';

const intervalMs = 5;
const rounds = 5;

/** A report that takes longer counts as lost. */
const patienceMs = 10_000;

/** More than the diameter of the brush. */
const columnStep = 3;
const rowStep = 2;

export interface Drawing {
  readonly reports: number;
  readonly medianMs: number;
  /** At most 16. */
  readonly p95Ms: number;
  /** At most 400. */
  readonly bytesAReport: number;
  /** CPU time of the app, predictions included. */
  readonly cpuMsAReport: number;
}

interface Report {
  readonly column: number;
  readonly row: number;
  readonly sentAt: number;
}

export async function measureDrawing(): Promise<Drawing> {
  const service = await startFakeService(respondSeven);
  const session = await openReady(service.url);
  const waiting = new Set<Report>();
  const latencies: number[] = [];
  session.onShown(arrivedAt => {
    for (const report of waiting) {
      if (arrivedAt < report.sentAt || !isInked(session, report)) continue;
      waiting.delete(report);
      latencies.push(arrivedAt - report.sentAt);
    }
  });
  const cpuBefore = cpuMs(session.pid);
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const before = session.bytes();
    await sweep(session, waiting);
    // Ink that is cleared before it is shown would never be seen.
    await Promise.race([session.until(() => waiting.size === 0), wait(patienceMs)]);
    await wait(300);
    bytes += session.bytes() - before;
    session.send('c');
    await wait(300);
  }
  const cpu = cpuMs(session.pid) - cpuBefore;
  await session.quit();
  await service.close();
  if (waiting.size > 0) throw new Error(`${waiting.size} reports never came to the screen`);
  return {
    reports: latencies.length,
    medianMs: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    bytesAReport: bytes / latencies.length,
    cpuMsAReport: cpu / latencies.length,
  };
}

/** About sixty reports, line by line. */
async function sweep(session: AppSession, waiting: Set<Report>): Promise<void> {
  const { left, top, columns, rows } = canvasOn(session.screen);
  let due = performance.now();
  for (let row = top; row < top + rows; row += rowStep) {
    for (let column = left; column < left + columns; column += columnStep) {
      due += intervalMs;
      await wait(Math.max(0, due - performance.now()));
      waiting.add({ column, row, sentAt: performance.now() });
      session.send(`\u{1b}[<${column === left ? 0 : 32};${column + 1};${row + 1}M`);
    }
    session.send(`\u{1b}[<0;${left + columns};${row + 1}m`);
  }
}

function isInked({ screen }: AppSession, { column, row }: Report): boolean {
  const { foreground = 0, background = 0 } = screen.cell(column, row);
  return (foreground & 0xff) > 200 && (background & 0xff) > 200;
}
