// Finds a service or starts one, and keeps to it until it is lost.
// At most one attempt runs at a time. A lost service is looked for again with the next question,
// not in the background.

import type { Prediction, ServedModel } from './answers.ts';
import { type Client, createClient } from './client.ts';
import { type EmbeddedService, startEmbeddedService } from './embedded-service.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceState } from './service-state.ts';

export type ConnectionOptions = {
  /** Where a service may be running already. */
  readonly apiUrl: string;
  /** Whether the person named that address; then its absence is worth a word. */
  readonly isChosen: boolean;
  /** The main module of the service that is started otherwise. */
  readonly embeddedEntry: string;
  readonly timeouts?: Partial<Timeouts>;
  /** Told of each change, at once. */
  readonly report: (state: ServiceState) => void;
};

type Timeouts = {
  readonly probeMs: number;
  readonly predictMs: number;
  readonly startMs: number;
  readonly stopMs: number;
};

/** A loopback service probes in milliseconds; starting takes seconds on a busy machine. */
const TIMEOUTS: Timeouts = { probeMs: 2000, predictMs: 10_000, startMs: 60_000, stopMs: 1500 };

export type Connection = {
  /** Connects unless that is done or under way. A failure is reported, not thrown. */
  open(): Promise<void>;
  /** Connects if need be and asks. @throws ServiceError */
  predict(png: Uint8Array, signal: AbortSignal): Promise<Prediction>;
  /** Gives up whatever is under way and ends our own service. */
  close(): Promise<void>;
};

export function createConnection(options: ConnectionOptions): Connection {
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const missing = options.isChosen ? options.apiUrl : undefined;
  const closing = new AbortController();
  let attempt: Promise<Client> | undefined;
  let embedded: EmbeddedService | undefined;

  function client(): Promise<Client> {
    if (attempt !== undefined) return attempt;
    const started = connect();
    attempt = started;
    started.catch((error: unknown) => lose(started, error));
    return started;
  }

  /** Forgets a connection that failed, unless a later one has taken its place. */
  function lose(failed: Promise<Client> | undefined, error: unknown): void {
    if (attempt !== failed || !(error instanceof ServiceError)) return;
    attempt = undefined;
    if (!closing.signal.aborted) options.report({ kind: 'down', why: error.message });
  }

  async function connect(): Promise<Client> {
    options.report({ kind: 'looking', url: options.apiUrl });
    const found = await probe(options.apiUrl, timeouts.probeMs).catch(unlessCancelled);
    if (found !== undefined) return settle(options.apiUrl, found, false);
    options.report({ kind: 'starting', missing });
    const url = await startOwn();
    return settle(url, await probe(url, timeouts.predictMs), true);
  }

  function probe(baseUrl: string, timeoutMs: number): Promise<ServedModel> {
    return createClient({ baseUrl, timeoutMs }).ready(closing.signal);
  }

  function settle(url: string, model: ServedModel, isOwn: boolean): Client {
    const modelVersion = model.version;
    options.report({
      kind: 'ready',
      url,
      modelVersion,
      isOwn,
      missing: isOwn ? missing : undefined,
    });
    return createClient({ baseUrl: url, timeoutMs: timeouts.predictMs });
  }

  /** Replaces the service of an earlier attempt, if one is still there. */
  async function startOwn(): Promise<string> {
    await stopOwn();
    if (closing.signal.aborted) throw new ServiceError('SERVICE_CANCELLED', 'The app is leaving.');
    const service = startEmbeddedService({
      entry: options.embeddedEntry,
      startTimeoutMs: timeouts.startMs,
      stopTimeoutMs: timeouts.stopMs,
    });
    embedded = service;
    const url = await service.listening;
    void service.ended.then(how => {
      if (embedded !== service) return;
      embedded = undefined;
      lose(attempt, new ServiceError('SERVICE_UNREACHABLE', `Our own service is gone: ${how}.`));
    });
    return url;
  }

  /** A service that we stop is no longer ours when it ends, and so does not count as lost. */
  async function stopOwn(): Promise<void> {
    const service = embedded;
    embedded = undefined;
    await service?.stop();
  }

  return {
    async open() {
      await client().catch(unlessBug);
    },
    async predict(png, signal) {
      const current = client();
      const connected = await current;
      try {
        return await connected.predict(png, signal);
      } catch (error) {
        if (error instanceof ServiceError && error.code === 'SERVICE_UNREACHABLE') {
          lose(current, error);
        }
        throw error;
      }
    },
    async close() {
      closing.abort();
      await stopOwn();
    },
  };
}

/** A probe that fails means that no service of ours is there, except when we are leaving. */
function unlessCancelled(error: unknown): undefined {
  if (error instanceof ServiceError && error.code !== 'SERVICE_CANCELLED') return undefined;
  throw error;
}

/** A ServiceError was reported already; anything else is a mistake of this app. */
function unlessBug(error: unknown): void {
  if (!(error instanceof ServiceError)) throw error;
}
