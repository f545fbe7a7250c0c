// A thread that asks for /health/live at fixed intervals and keeps the latency of the slowest answer;
// a message returns it and starts over.

import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const intervalMs = 20;
const agent = new Agent({ keepAlive: true });

let slowestMs = 0;

function probe(): void {
  const startMs = performance.now();
  get(`${workerData.url}/health/live`, { agent }, answer => {
    answer.resume().on('end', () => {
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
    });
  }).on('error', () => {
    slowestMs = Number.POSITIVE_INFINITY;
  });
}

setInterval(probe, intervalMs);
parentPort!.on('message', () => {
  parentPort!.postMessage(slowestMs);
  slowestMs = 0;
});
