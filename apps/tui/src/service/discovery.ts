// Service discovery, one attempt: the service at the address that the person gave and at no other;
// or else the one at the usual address; or else an embedded one.

import { connect } from 'node:net';
import type { ServedModel } from '@digits/client';
import { type AppError, isAppError } from '../app-error.ts';
import type { ServiceOrigin, ServiceState } from '../state/service-state.ts';
import { type Client, createClient, preloadClient } from './client.ts';
import type { ServiceSupervisor } from './supervisor.ts';

export interface DiscoveryOptions {
  readonly apiUrl: string;
  /** Whether the person gave that address. */
  readonly isChosen: boolean;
  readonly apiKey?: string | undefined;
  readonly timeouts: ServiceTimeouts;
  readonly supervisor: ServiceSupervisor;
  readonly signal: AbortSignal;
  readonly report: (state: ServiceState) => void;
}

/** How long the app waits for its service. */
export interface ServiceTimeouts {
  /** For the readiness of a service, and for a TCP connection. */
  readonly probeMs: number;
  /** For a prediction or the storing of a correction, from request to complete response. */
  readonly exchangeMs: number;
  readonly startMs: number;
  readonly stopMs: number;
  /** Between two readiness checks of the connected service. */
  readonly heartbeatMs: number;
}

/** A loopback service answers within milliseconds; starting takes seconds on a busy machine. */
export const defaultTimeouts: ServiceTimeouts = {
  probeMs: 5000,
  exchangeMs: 10_000,
  startMs: 60_000,
  stopMs: 1500,
  heartbeatMs: 5000,
};

export interface DiscoveredService {
  readonly origin: ServiceOrigin;
  readonly url: string;
  readonly model: ServedModel;
  readonly client: Client;
}

/** A failure, with the origin of the service that it is about. */
export interface DiscoveryFailure {
  readonly origin: ServiceOrigin;
  readonly url: string | undefined;
  readonly error: unknown;
}

/**
 * @param onEmbeddedExit called if the embedded service that was started ends later
 * @returns the service, or why there is none; never rejects
 */
export async function discoverService(
  options: DiscoveryOptions,
  onEmbeddedExit: (error: AppError) => void,
): Promise<DiscoveredService | DiscoveryFailure> {
  const { apiUrl, isChosen } = options;
  const origin = isChosen ? 'given' : 'found';
  options.report({ status: 'looking', origin, url: apiUrl });
  try {
    const found = isChosen ? await probe(options, apiUrl) : await probeIfOpen(options);
    if (found !== undefined) return { origin, ...found };
  } catch (error) {
    return { origin, url: apiUrl, error };
  }
  return startEmbedded(options, onEmbeddedExit);
}

async function startEmbedded(
  options: DiscoveryOptions,
  onExit: (error: AppError) => void,
): Promise<DiscoveredService | DiscoveryFailure> {
  const origin = 'embedded';
  options.report({ status: 'starting', origin });
  try {
    options.signal.throwIfAborted();
    const starting = options.supervisor.start(onExit, options.signal);
    // While the child process starts there is time.
    preloadClient();
    const url = await starting;
    return { origin, ...(await probe(options, url)) };
  } catch (error) {
    return { origin, url: undefined, error };
  }
}

async function probe(
  { timeouts, apiKey, signal }: DiscoveryOptions,
  url: string,
): Promise<Omit<DiscoveredService, 'origin'>> {
  const readinessClient = createClient({ baseUrl: url, timeoutMs: timeouts.probeMs, apiKey });
  const model = await readinessClient.ready(signal);
  const client = createClient({ baseUrl: url, timeoutMs: timeouts.exchangeMs, apiKey });
  return { url, model, client };
}

/** @returns undefined if nothing listens at the usual address, or something else than the service */
async function probeIfOpen(
  options: DiscoveryOptions,
): Promise<Omit<DiscoveredService, 'origin'> | undefined> {
  const { apiUrl, timeouts } = options;
  if (!(await isPortOpen(apiUrl, timeouts.probeMs))) return undefined;
  try {
    return await probe(options, apiUrl);
  } catch (error) {
    if (isAppError(error, 'service') && error.code !== 'service-cancelled') return undefined;
    throw error;
  }
}

/**
 * Opens a bare TCP connection, which takes a thousandth of the time of loading an HTTP client.
 * @returns whether the connection was accepted in time; never rejects
 */
export function isPortOpen(url: string, timeoutMs: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const defaultPort = protocol === 'https:' ? 443 : 80;
  const socket = connect({
    // Brackets belong to the address, not to the name.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPort : Number(port),
    timeout: timeoutMs,
  });
  return new Promise<boolean>(resolve => {
    socket.once('connect', () => resolve(true));
    socket.once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
