// Latency from the end of a stroke to its prediction on the screen. A proxy between the app and a real
// service numbers the predictions, to identify the last one of a stroke. The number is the probability of the
// nine: another version of the model with every prediction would change the status line too.

import { Agent, createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { programsInWorkspace } from '../src/programs.ts';
import { startEmbeddedService } from '../src/service/embedded-service.ts';
import { boxInside, mouseReports, recordedDigit } from '../test/end-to-end/support/mouse.ts';
import { openReady } from './app-session.ts';
import { percentile } from './measure.ts';

const rounds = 30;

/** After this time no prediction of a stroke is pending. */
const settledMs = 700;

export interface Answering {
  readonly strokes: number;
  readonly medianMs: number;
  /** At most 60. */
  readonly p95Ms: number;
}

export function measureAnswering(): Promise<Answering> {
  return measure(80, 24);
}

/** With a strip of both layers below the canvas. */
export function measureAnsweringLayers(): Promise<Answering> {
  return measure(100, 30);
}

/** All layers below the canvas. */
export function measureAnsweringLarge(): Promise<Answering> {
  return measure(200, 60);
}

async function measure(columns: number, rows: number): Promise<Answering> {
  const workspace = fileURLToPath(new URL('../../../', import.meta.url));
  const service = startEmbeddedService({
    program: programsInWorkspace(workspace).findService(),
    startTimeoutMs: 60_000,
    stopTimeoutMs: 2000,
  });
  const numbering = await startNumbering(await service.listening);
  const session = await openReady(numbering.url, columns, rows);
  let latest = { number: -1, at: 0 };
  session.onShown(at => {
    const number = numberIn(session.screen.lines());
    if (number > latest.number) latest = { number, at };
  });
  const latencies: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const box = boxInside(session.screen.lines());
    const reports = mouseReports(recordedDigit(round % 10).strokes, box).match(/[^Mm]+[Mm]/g) ?? [];
    for (const report of reports) {
      session.send(report);
      await wait(5);
    }
    const ended = performance.now();
    await wait(settledMs);
    latencies.push(latest.at - ended);
    session.send('c');
    await wait(100);
  }
  await session.quit();
  numbering.close();
  await service.stop();
  return {
    strokes: latencies.length,
    medianMs: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
  };
}

/** Of the last prediction on the screen; −1 without any. */
function numberIn(lines: readonly string[]): number {
  for (const line of lines) {
    const tenths = /[│|] *9 .* (\d+\.\d) %/.exec(line)?.[1];
    if (tenths !== undefined) return Math.round(10 * Number(tenths));
  }
  return -1;
}

/** Forwards all requests and numbers the predictions, up to a thousand. */
async function startNumbering(target: string): Promise<{ url: string; close(): void }> {
  let count = 0;
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const forwarded = send(`${target}${url}`, { method, headers, agent }, async answer => {
      const body = await text(answer);
      const isPrediction = url.startsWith('/predict') && answer.statusCode === 200;
      response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json' });
      response.end(isPrediction ? numbered(body, count++) : body);
    });
    // The app gives up requests for earlier drawings.
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

/** The nine's probability is the last of ten. */
function numbered(prediction: string, number: number): string {
  return prediction.replace(
    /("probabilities":\[[^\]]*,)[^\],]*\]/,
    (_, others) => `${others}${number / 1000}]`,
  );
}
