// A worker's connection to its supervisor. The worker listens and closes on the supervisor's messages.

import { AggregatorRegistry } from 'prom-client';
import type { FromWorker, ToWorker, WorkerMetrics } from './messages.ts';

export class SupervisorLink {
  #readMetrics: () => Promise<WorkerMetrics> = async () => [];
  /** The requests for /metrics that wait for the metrics of all. */
  #waiting: ((all: readonly WorkerMetrics[]) => void)[] = [];
  readonly #listen = Promise.withResolvers<void>();

  /** @param onClose called on the supervisor's message to end */
  constructor(onClose: () => void) {
    // In a terminal Ctrl+C reaches every process; the supervisor passes it on.
    process.on('SIGINT', () => {});
    process.on('message', (message: ToWorker) => {
      if (message.type === 'listen') this.#listen.resolve();
      else if (message.type === 'close') onClose();
      else if (message.type === 'metrics-wanted') void this.#sendMetrics();
      else if (message.type === 'all-metrics') this.#settle(message.all);
    });
  }

  /** Resolves when the worker is to listen. @param problem why it has no model */
  prepared(problem: string | undefined): Promise<void> {
    send({ type: 'prepared', ...(problem !== undefined && { problem }) });
    return this.#listen.promise;
  }

  listening(url: string): void {
    send({ type: 'listening', url });
  }

  /** Sets how the metrics of this worker are read. */
  provideMetrics(read: () => Promise<WorkerMetrics>): void {
    this.#readMetrics = read;
  }

  /** The metrics of all workers, added up, in the text format of Prometheus. */
  async sumMetrics(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<readonly WorkerMetrics[]>();
    this.#waiting.push(resolve);
    if (this.#waiting.length === 1) send({ type: 'metrics-wanted' });
    return AggregatorRegistry.aggregate([...(await promise)]).metrics();
  }

  async #sendMetrics(): Promise<void> {
    send({ type: 'metrics', metrics: await this.#readMetrics() });
  }

  #settle(all: readonly WorkerMetrics[]): void {
    for (const resolve of this.#waiting.splice(0)) resolve(all);
  }
}

function send(message: FromWorker): void {
  process.send?.(message);
}
