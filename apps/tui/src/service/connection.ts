// Keeps the app connected: discovers a service, notices when it is lost, and retries with back-off
// until there is one again. One attempt runs at a time.

import type { Prediction, ServedModel } from '@digits/client';
import { createBackOff } from '@digits/client';
import { AppError, isAppError } from '../app-error.ts';
import type { Program } from '../programs.ts';
import type { ServiceState } from '../state/service-state.ts';
import type { Client, Feedback, PredictOptions } from './client.ts';
import { createConnectionLatch } from './connection-latch.ts';
import {
  type DiscoveredService,
  type DiscoveryFailure,
  defaultTimeouts,
  discoverService,
  type ServiceTimeouts,
} from './discovery.ts';
import { createServiceSupervisor } from './supervisor.ts';

export interface ConnectionOptions {
  /** Where a service may be running already. */
  readonly apiUrl: string;
  /** Whether the person gave that address: then no other is used. */
  readonly isChosen: boolean;
  readonly apiKey?: string | undefined;
  /** Finds the embedded service, which is started otherwise. */
  readonly findService: () => Program;
  readonly timeouts?: Partial<ServiceTimeouts>;
  /** Gives numbers in [0, 1), which spread the attempts of many apps. */
  readonly random?: () => number;
  /** Called synchronously at each change. */
  readonly report: (state: ServiceState) => void;
}

export interface Connection {
  /** Makes the first attempt. A failure is reported, not thrown; retries follow. */
  open(): Promise<void>;
  /**
   * Sends the picture as soon as there is a service, and again if the service is lost meanwhile;
   * aborting the signal ends the wait. @throws AppError
   */
  predict(png: Uint8Array, options: PredictOptions): Promise<Prediction>;
  /** Sends now or fails. @throws AppError */
  sendFeedback(feedback: Feedback, signal: AbortSignal): Promise<{ readonly id: string }>;
  /** Has the connected service do something else, now, or fails. @throws AppError */
  use<T>(work: (client: Client, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Cancels all requests and stops the embedded service. */
  close(): Promise<void>;
}

export function createConnection(options: ConnectionOptions): Connection {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const supervisor = createServiceSupervisor({
    findProgram: options.findService,
    startTimeoutMs: timeouts.startMs,
    stopTimeoutMs: timeouts.stopMs,
  });
  const backOff = createBackOff(options.random ?? Math.random);
  const latch = createConnectionLatch<DiscoveredService>();
  const closing = new AbortController();
  const { signal } = closing;
  let connected: DiscoveredService | undefined;
  /** Of the next attempt or of the next heartbeat. */
  let timer: NodeJS.Timeout | undefined;

  function report(state: ServiceState): void {
    if (!signal.aborted) options.report(state);
  }

  function schedule(delayMs: number, task: () => Promise<void>): void {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(task, delayMs);
  }

  async function attempt(): Promise<void> {
    const onEmbeddedExit = (error: AppError) => connected && lose(connected, error);
    const outcome = await discoverService(
      { ...options, timeouts, supervisor, signal, report },
      onEmbeddedExit,
    );
    if ('error' in outcome) retryLater(outcome);
    else connect(outcome);
  }

  function connect(service: DiscoveredService): void {
    const { origin, url, model } = service;
    connected = service;
    report({ status: 'connected', origin, url, model });
    latch.open(service);
    schedule(timeouts.heartbeatMs, () => heartbeat(service, model));
  }

  function retryLater({ origin, url, error }: DiscoveryFailure): void {
    if (!isAppError(error, 'service')) throw error;
    const retryInMs = backOff.next();
    schedule(retryInMs, attempt);
    report({ status: 'away', origin, url, why: error.message, retryInMs });
  }

  /** Drops a connection, unless a later one has replaced it. */
  function lose(lost: DiscoveredService, error: unknown): void {
    if (connected !== lost) return;
    connected = undefined;
    latch.reset();
    retryLater({ ...lost, error });
  }

  /** Notices, without any request, that the service is lost or serves another model. */
  async function heartbeat(current: DiscoveredService, model: ServedModel): Promise<void> {
    try {
      const now = await current.client.ready(signal);
      if (connected !== current) return;
      backOff.reset();
      const { origin, url } = current;
      if (now.version !== model.version) report({ status: 'connected', origin, url, model: now });
      schedule(timeouts.heartbeatMs, () => heartbeat(current, now));
    } catch (error) {
      lose(current, error);
    }
  }

  /** Runs one exchange and draws the conclusions for the connection. */
  async function exchange<T>(current: DiscoveredService, run: () => Promise<T>): Promise<T> {
    try {
      const outcome = await run();
      backOff.reset();
      return outcome;
    } catch (error) {
      if (isLoss(error)) lose(current, error);
      throw error;
    }
  }

  async function runNow<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const service = connected;
    if (service === undefined) {
      throw new AppError('service-unreachable', 'There is no service at the moment.');
    }
    return exchange(service, () => work(service.client));
  }

  return {
    open: attempt,
    async predict(png, predictOptions) {
      for (;;) {
        const service = await latch.wait(predictOptions.signal);
        try {
          return await exchange(service, () => service.client.predict(png, predictOptions));
        } catch (error) {
          if (!isLoss(error)) throw error;
        }
      }
    },
    async sendFeedback(feedback, feedbackSignal) {
      return runNow(client => client.sendFeedback(feedback, feedbackSignal));
    },
    use: work => runNow(client => work(client, signal)),
    async close() {
      closing.abort(new AppError('service-cancelled', 'The app is shutting down.'));
      clearTimeout(timer);
      latch.close();
      await supervisor.stop();
    },
  };
}

function isLoss(error: unknown): boolean {
  return isAppError(error, 'service') && error.code === 'service-unreachable';
}
