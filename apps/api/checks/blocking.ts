// nx run api:blocking: sends each of the stopping requests 64 times at once to a service in a process
// of its own, and measures how long others wait. --only PATTERN selects by title.

import { once } from 'node:events';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { encodeRequest, stoppingRequests } from '../test/hostile/stopping-requests.ts';
import { listeningUrl, spawnService } from '../test/support/service.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    parallel: { type: 'string', default: '64' },
    'max-ms': { type: 'string', default: '100' },
  },
});
const parallel = Number(options.parallel);
const maxMs = Number(options['max-ms']);

const ends: (() => unknown)[] = [];
const { child } = spawnService(
  { teardown: (end: () => unknown) => void ends.push(end) },
  {
    PORT: '0',
    LOG_LEVEL: 'silent',
    MAX_EVENT_LOOP_DELAY_MS: '0',
    MAX_MEMORY_BYTES: '0',
    DATA_DIR: `/tmp/digits-blocking-${process.pid}`,
    NODE_OPTIONS: `--import ${new URL('./turn-monitor.ts', import.meta.url)}`,
  },
);
const url = await listeningUrl(child);
const probe = new Worker(new URL('./probe.ts', import.meta.url), { workerData: { url } });

/** The processor time of the longest turn of the service's event loop. */
async function longestTurnMs(): Promise<number> {
  child.send('longest-turn');
  const [message] = await once(child, 'message');
  return message.longestTurnMs;
}

async function slowestProbeMs(): Promise<number> {
  probe.postMessage('slowest');
  const [ms] = await once(probe, 'message');
  return ms;
}

/** @returns the status of the answer; 0 without one */
function send(bytes: Buffer): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let head = '';
  socket.on('data', data => {
    if (head.length < 16) head += data.toString('latin1');
  });
  socket.on('error', () => {}).on('close', () => resolve(Number(head.split(' ')[1] ?? 0)));
  socket.write(bytes);
  return promise;
}

let isBlocked = false;
for (const [title, request] of Object.entries(stoppingRequests)) {
  if (!new RegExp(options.only).test(title)) continue;
  const bytes = await encodeRequest(request);
  // The first one loads what the service loads on demand.
  await send(bytes);
  await Promise.all([longestTurnMs(), slowestProbeMs()]);
  const startMs = performance.now();
  const statuses = await Promise.all(Array.from({ length: parallel }, () => send(bytes)));
  const seconds = (performance.now() - startMs) / 1000;
  const [turnMs, probeMs] = await Promise.all([longestTurnMs(), slowestProbeMs()]);
  if (turnMs > maxMs) isBlocked = true;
  const counts = Object.entries(Object.groupBy(statuses, String)).map(
    ([status, all]) => `${all?.length} × ${status}`,
  );
  process.stdout.write(
    `${turnMs.toFixed(0).padStart(6)} ms turn ${probeMs.toFixed(0).padStart(6)} ms probe ` +
      `${seconds.toFixed(1).padStart(5)} s  ${title}: ${counts.join(', ')}\n`,
  );
}
for (const end of ends) await end();
await probe.terminate();
if (isBlocked) process.exitCode = 1;
