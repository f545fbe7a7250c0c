// The workers of a supervisor: processes that share one listening socket. One that ends is replaced.

import cluster, { type Worker } from 'node:cluster';
import { on, once } from 'node:events';
import type { BaseLogger } from 'pino';
import type { FromWorker, ToWorker } from './messages.ts';

export interface WorkerGroupOptions {
  readonly log: Pick<BaseLogger, 'info' | 'error' | 'fatal'>;
  /** So many workers have ended in a minute that a further replacement would end, too. */
  onCrashLoop(): void;
}

/** How long after an end its replacement starts: doubled with each further one within a minute. */
const firstDelayMs = 100;
const maxEndsPerMinute = 5;
const minuteMs = 60_000;

/** A worker that ended before it had answered. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`A worker ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}

export class WorkerGroup {
  readonly #count: number;
  readonly #options: WorkerGroupOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** The times at which workers ended in the last minute. */
  #endsMs: number[] = [];
  #state: 'starting' | 'running' | 'closing' = 'starting';

  constructor({ workers }: { readonly workers: number }, options: WorkerGroupOptions) {
    this.#count = workers;
    this.#options = options;
    // Each worker accepts connections itself, so that what waits in the backlog at a signal is accepted as
    // without a supervisor. libuv accepts one in a turn of the event loop, which divides them evenly.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
  }

  /**
   * Starts the workers. None listens before all can, so that the first answer comes when all are ready.
   *
   * @returns the address, and why there is no model
   * @throws WorkerEnded
   */
  async start(): Promise<{ readonly url: string; readonly problem: string | undefined }> {
    const workers = Array.from({ length: this.#count }, () => this.#fork());
    const prepared = await Promise.all(workers.map(worker => answer(worker, 'prepared')));
    const [first, ...others] = workers;
    // An address that is in use is reported once.
    const { url } = await listen(first!);
    await Promise.all(others.map(listen));
    if (this.#state === 'starting') this.#state = 'running';
    return { url, problem: prepared.find(({ problem }) => problem !== undefined)?.problem };
  }

  /** Makes every worker load its models now. */
  reload(): void {
    for (const { process: child } of workersNow()) child.kill('SIGHUP');
  }

  /** Lets the workers answer what they have, and settles when the last one has ended. */
  async close(): Promise<void> {
    this.#state = 'closing';
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(
      workersNow().map(async worker => {
        const ended = once(worker, 'exit');
        send(worker, { type: 'close' });
        await ended;
      }),
    );
  }

  #fork(): Worker {
    const worker = cluster.fork();
    worker.on('message', ({ type }: FromWorker) => {
      if (type === 'metrics-wanted') sendAllMetrics(worker);
    });
    worker.once('exit', (code, signal) => this.#onExit(worker, { code, signal }));
    return worker;
  }

  #onExit({ process: child }: Worker, how: { readonly code: number; readonly signal: string }) {
    if (this.#state !== 'running') return;
    const { log, onCrashLoop } = this.#options;
    const nowMs = performance.now();
    this.#endsMs = [...this.#endsMs.filter(endMs => nowMs - endMs < minuteMs), nowMs];
    if (this.#endsMs.length > maxEndsPerMinute) {
      log.fatal({ worker: child.pid, ...how }, 'closing, because workers end again and again');
      return onCrashLoop();
    }
    const delayMs = firstDelayMs * 2 ** (this.#endsMs.length - 1);
    log.error({ worker: child.pid, ...how, delayMs }, 'a worker has ended and will be replaced');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#replace();
    }, delayMs);
    this.#timers.add(timer);
  }

  /** A replacement that ends before it listens is replaced itself. */
  async #replace(): Promise<void> {
    const worker = this.#fork();
    try {
      await answer(worker, 'prepared');
      await listen(worker);
      this.#options.log.info({ worker: worker.process.pid }, 'a worker was replaced');
    } catch (error) {
      if (!(error instanceof WorkerEnded)) throw error;
    }
  }
}

function workersNow(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined);
}

/** One that ends at this moment cannot be sent anything, and needs nothing. */
function send(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {});
}

function listen(worker: Worker) {
  send(worker, { type: 'listen' });
  return answer(worker, 'listening');
}

type Answer<Type extends FromWorker['type']> = Extract<FromWorker, { readonly type: Type }>;

/** @throws WorkerEnded, or AbortError on the signal */
async function answer<Type extends FromWorker['type']>(
  worker: Worker,
  type: Type,
  signal?: AbortSignal,
): Promise<Answer<Type>> {
  const messages = on(worker, 'message', { close: ['exit'], signal });
  for await (const [message] of messages as AsyncIterable<[FromWorker]>) {
    if (message.type === type) return message as Answer<Type>;
  }
  throw new WorkerEnded(worker.process.exitCode ?? 1);
}

/** A worker that does not answer in time, because it starts or hangs, is left out. */
const maxMetricsDelayMs = 1000;

async function sendAllMetrics(asking: Worker): Promise<void> {
  const all = await Promise.all(
    workersNow().map(async worker => {
      send(worker, { type: 'metrics-wanted' });
      const signal = AbortSignal.timeout(maxMetricsDelayMs);
      const message = await answer(worker, 'metrics', signal).catch(() => undefined);
      return message?.metrics;
    }),
  );
  send(asking, { type: 'all-metrics', all: all.filter(metrics => metrics !== undefined) });
}
