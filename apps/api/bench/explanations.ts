// nx run api:bench -- --explain: what explanations and neurons cost beside a plain prediction, one request at a
// time and all kinds in turn; and a plain prediction's latency while the strongest images are searched.

import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOurs } from './contestants.ts';
import { picture } from './requests.ts';

/** A request, and how long its answers took. */
interface Series {
  readonly name: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly timesMs: number[];
}

/** Latencies in ms. */
export interface ExplanationReport {
  readonly rows: readonly { name: string; medianMs: number; overPlainMs: number }[];
  readonly search: { seconds: number; p99Ms: number; p99AloneMs: number };
}

const requestsPerRound = 100;
const requestsAlone = 500;
const requestsBetweenChecks = 50;

export async function measureExplanations(rounds: number): Promise<ExplanationReport> {
  // A copy, in which the search has not been done yet.
  const folder = await mkdtemp(join(tmpdir(), 'digits-bench-'));
  const shipped = fileURLToPath(new URL('../../../models', import.meta.url));
  await cp(shipped, folder, { recursive: true });
  const ours = await startOurs({ MODELS_DIR: folder });
  try {
    const all = await seriesOf(ours.url);
    for (const series of all) {
      if (series.method === 'POST') await send(ours.url, series, requestsPerRound);
    }
    const search = await measureSearch(ours.url);
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < requestsPerRound; i++) {
        for (const series of all) series.timesMs.push(...(await send(ours.url, series, 1)));
      }
    }
    const medians = all.map(({ timesMs }) => quantile(timesMs, 0.5));
    return {
      rows: all.map(({ name }, i) => ({
        name,
        medianMs: medians[i]!,
        overPlainMs: medians[i]! - medians[0]!,
      })),
      search,
    };
  } finally {
    ours.process.kill();
    await rm(folder, { recursive: true });
  }
}

const plain = { path: '/predict', method: 'POST' } as const;

/** The plain prediction first; then its explanations, and the first neuron of every layer. */
async function seriesOf(url: string): Promise<Series[]> {
  const { layers } = (await (await fetch(`${url}/model`)).json()) as { layers: number[] };
  const neurons = layers.slice(1).flatMap((_, i) => {
    const path = `/model/layers/${i + 1}/neurons/0`;
    return [
      { path, method: 'GET' },
      { path, method: 'POST' },
    ] as const;
  });
  const explained = ['saliency', 'layers'].map(part => ({
    ...plain,
    path: `${plain.path}?explain=${part}`,
  }));
  return [plain, ...explained, ...neurons].map(request => ({
    ...request,
    name: `${request.method} ${request.path}`,
    timesMs: [],
  }));
}

/** The first request for a neuron starts the search. */
async function measureSearch(url: string): Promise<ExplanationReport['search']> {
  const alone = await send(url, plain, requestsAlone);
  const start = performance.now();
  const during: number[] = [];
  while ((await searchStatus(url)) === 'computing') {
    during.push(...(await send(url, plain, requestsBetweenChecks)));
  }
  const seconds = (performance.now() - start) / 1000;
  return { seconds, p99Ms: quantile(during, 0.99), p99AloneMs: quantile(alone, 0.99) };
}

async function searchStatus(url: string): Promise<string> {
  const answer = await fetch(`${url}/model/layers/1/neurons/0`);
  return ((await answer.json()) as { examplesStatus: string }).examplesStatus;
}

/** One after the other. @returns the latencies in ms */
async function send(
  url: string,
  { path, method }: Pick<Series, 'path' | 'method'>,
  count: number,
): Promise<number[]> {
  const timesMs: number[] = [];
  const headers = { 'content-type': 'image/png' };
  const request = method === 'POST' ? { method, headers, body: picture } : { method };
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    const answer = await fetch(url + path, request);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}`);
    timesMs.push(performance.now() - start);
  }
  return timesMs;
}

function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? Number.NaN;
}

export function describeExplanations({ rows, search }: ExplanationReport): string {
  const lines = rows.map(
    ({ name, medianMs, overPlainMs }) =>
      `${name}: ${medianMs.toFixed(2)} ms, ${overPlainMs.toFixed(2)} ms more than plain`,
  );
  const { seconds, p99Ms, p99AloneMs } = search;
  return `${lines.join('\n')}
search of the strongest images: ${seconds.toFixed(1)} s; p99 of plain predictions ${p99Ms.toFixed(1)} ms meanwhile, ${p99AloneMs.toFixed(1)} ms alone
`;
}
