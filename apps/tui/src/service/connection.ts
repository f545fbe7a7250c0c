// Keeps the app connected: finds a service, notices when it is lost, and goes on trying, ever more
// slowly, until there is one again. One attempt runs at a time.

import { AppError, isAppError } from '../app-error.ts';
import type { Prediction, ServedModel } from '../state/prediction.ts';
import type { ServiceState } from '../state/service-state.ts';
import { createBackOff } from './back-off.ts';
import type { Feedback, PredictOptions } from './client.ts';
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
  /** Whether the person gave that address: then there is no other. */
  readonly isChosen: boolean;
  readonly apiKey?: string | undefined;
  /** The main module of the service that is started otherwise. */
  readonly embeddedEntry: string;
  readonly timeouts?: Partial<ServiceTimeouts>;
  /** A number in [0, 1) that spreads the attempts of many apps. */
  readonly random?: () => number;
  /** Told of each change, at once. */
  readonly report: (state: ServiceState) => void;
}

export interface Connection {
  /** Makes the first attempt; a failure is reported, not thrown, and others follow by themselves. */
  open(): Promise<void>;
  /**
   * Asks as soon as there is a service, and once more if it was lost over the question. Whoever no
   * longer wants to wait aborts. @throws AppError
   */
  predict(png: Uint8Array, options: PredictOptions): Promise<Prediction>;
  /** Sends at once or not at all. @throws AppError */
  sendFeedback(feedback: Feedback, signal: AbortSignal): Promise<{ readonly id: string }>;
  /** Gives up whatever is under way and ends our own service. */
  close(): Promise<void>;
}

export function createConnection(options: ConnectionOptions): Connection {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const ownService = createServiceSupervisor({
    entry: options.embeddedEntry,
    startTimeoutMs: timeouts.startMs,
    stopTimeoutMs: timeouts.stopMs,
  });
  const backOff = createBackOff(options.random ?? Math.random);
  const room = createConnectionLatch<DiscoveredService>();
  const closing = new AbortController();
  const { signal } = closing;
  let connected: DiscoveredService | undefined;
  /** Of the next attempt or the next heartbeat, whichever is due. */
  let timer: NodeJS.Timeout | undefined;

  function report(state: ServiceState): void {
    if (!signal.aborted) options.report(state);
  }

  function after(ms: number, what: () => Promise<void>): void {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(what, ms);
  }

  async function attempt(): Promise<void> {
    const loseOwn = (error: AppError) => connected && lose(connected, error);
    const outcome = await discoverService(
      { ...options, timeouts, supervisor: ownService, signal, report },
      loseOwn,
    );
    if ('error' in outcome) fail(outcome);
    else settle(outcome);
  }

  function settle(found: DiscoveredService): void {
    const { origin, url, model } = found;
    connected = found;
    report({ status: 'connected', origin, url, model });
    room.open(found);
    after(timeouts.heartbeatMs, () => heartbeat(found, model));
  }

  function fail({ origin, url, error }: DiscoveryFailure): void {
    if (!isAppError(error, 'service')) throw error;
    const retryInMs = backOff.next();
    after(retryInMs, attempt);
    report({ status: 'away', origin, url, why: error.message, retryInMs });
  }

  /** Forgets a connection, unless a later one has taken its place. */
  function lose(lost: DiscoveredService, error: unknown): void {
    if (connected !== lost) return;
    connected = undefined;
    room.reset();
    fail({ ...lost, error });
  }

  /** A service may be lost while nobody asks it anything, or get another model. */
  async function heartbeat(current: DiscoveredService, model: ServedModel): Promise<void> {
    try {
      const now = await current.client.ready(signal);
      if (connected !== current) return;
      backOff.reset();
      const { origin, url } = current;
      if (now.version !== model.version) report({ status: 'connected', origin, url, model: now });
      after(timeouts.heartbeatMs, () => heartbeat(current, now));
    } catch (error) {
      lose(current, error);
    }
  }

  /** Runs one exchange; what it says of the connection is not lost. */
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

  return {
    open: attempt,
    async predict(png, predictOptions) {
      for (;;) {
        const found = await room.wait(predictOptions.signal);
        try {
          return await exchange(found, () => found.client.predict(png, predictOptions));
        } catch (error) {
          if (!isLoss(error)) throw error;
        }
      }
    },
    async sendFeedback(feedback, feedbackSignal) {
      const found = connected;
      if (found === undefined) {
        throw new AppError('service-unreachable', 'There is no service at the moment.');
      }
      return exchange(found, () => found.client.sendFeedback(feedback, feedbackSignal));
    },
    async close() {
      closing.abort(new AppError('service-cancelled', 'The app is leaving.'));
      clearTimeout(timer);
      room.close();
      await ownService.stop();
    },
  };
}

function isLoss(error: unknown): boolean {
  return isAppError(error, 'service') && error.code === 'service-unreachable';
}
