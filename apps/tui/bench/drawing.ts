// Drawing at 200 mouse reports a second: the latency to the screen and the bytes written, also with the view
// into the network beside the canvas. Each report goes to an untouched cell, so that its ink can be
// identified.

import { setTimeout as wait } from 'node:timers/promises';
import { canvasOn } from '../test/emulated-screen.ts';
import {
  type FakeService,
  respondJson,
  respondSeven,
  seven,
  startFakeService,
} from '../test/fake-service.ts';
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
  return measure(service, await openReady(service.url));
}

/** All layers below the canvas: with every prediction other outputs of a large network. */
export async function measureDrawingLarge(): Promise<Drawing> {
  const service = await startLayeredService();
  return measure(service, await openReady(service.url, 200, 60));
}

/** A layer beside the canvas. */
export function measureDrawingInside(): Promise<Drawing> {
  return measureInside(80, 24);
}

/** All layers, in a window that shows everything. */
export function measureDrawingInsideLarge(): Promise<Drawing> {
  return measureInside(200, 60);
}

async function measureInside(columns: number, rows: number): Promise<Drawing> {
  const service = await startLayeredService();
  const session = await openReady(service.url, columns, rows);
  session.send('n');
  await session.until(() => session.screen.lines().join('\n').includes('Inside the network'));
  // The rest of that frame may come in another chunk.
  await wait(300);
  return measure(service, session);
}

function startLayeredService(): Promise<FakeService> {
  let count = 0;
  return startFakeService((request, response) => {
    const isPrediction = request.url?.startsWith('/predict') ?? false;
    if (!isPrediction) return respondSeven(request, response);
    count++;
    respondJson(200, withLayers(count))(request, response);
  });
}

/** As the champion has them. */
const hiddenSizes = [1536, 768];

function withLayers(count: number): object {
  const outputs = hiddenSizes.map(size =>
    Array.from({ length: size }, (_, index) => {
      return Number(Math.max(0, 4 * Math.sin(index * 7.3 + count * 0.1)).toFixed(4));
    }),
  );
  return { ...seven, seen: Array(784).fill(0.5), layers: [...outputs, Array(10).fill(-1)] };
}

async function measure(service: FakeService, session: AppSession): Promise<Drawing> {
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

/** In half blocks both pixels of the cell are inked; a wide pixel has a background only. */
function isInked({ screen }: AppSession, { column, row }: Report): boolean {
  const { character, foreground = 0, background = 0 } = screen.cell(column, row);
  const isBright = (colour: number) => (colour & 0xff) > 200;
  return isBright(background) && (character !== '▀' || isBright(foreground));
}
