// One attempt to find a service: at the address that the person gave and nowhere else; or else the
// one that runs at the usual address; or else one of our own.

import { connect } from 'node:net';
import { type AppError, isAppError } from '../app-error.ts';
import type { ServedModel } from '../state/prediction.ts';
import type { ServiceOrigin, ServiceState } from '../state/service-state.ts';
import { type Client, createClient } from './client.ts';
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

export interface DiscoveredService {
  readonly origin: ServiceOrigin;
  readonly url: string;
  readonly model: ServedModel;
  readonly client: Client;
}

/** A failure, with whose service it was about. */
export interface DiscoveryFailure {
  readonly origin: ServiceOrigin;
  readonly url: string | undefined;
  readonly error: unknown;
}

/**
 * @param onOwnGone told if the service of our own that was found ends later
 * @returns what was found, or why nothing was; never rejects
 */
export async function discoverService(
  options: DiscoveryOptions,
  onOwnGone: (error: AppError) => void,
): Promise<DiscoveredService | DiscoveryFailure> {
  const { apiUrl, isChosen } = options;
  const origin = isChosen ? 'given' : 'found';
  options.report({ status: 'looking', origin, url: apiUrl });
  try {
    const found = isChosen ? await ask(options, apiUrl) : await probeIfOpen(options);
    if (found !== undefined) return { origin, ...found };
  } catch (error) {
    return { origin, url: apiUrl, error };
  }
  return startEmbedded(options, onOwnGone);
}

async function startEmbedded(
  options: DiscoveryOptions,
  onOwnGone: (error: AppError) => void,
): Promise<DiscoveredService | DiscoveryFailure> {
  const origin = 'embedded';
  options.report({ status: 'starting', origin });
  try {
    options.signal.throwIfAborted();
    const starting = options.supervisor.start(onOwnGone, options.signal);
    // While the child starts there is time to load what it will be asked with.
    void import('got');
    const url = await starting;
    return { origin, ...(await ask(options, url)) };
  } catch (error) {
    return { origin, url: undefined, error };
  }
}

async function ask(
  { timeouts, apiKey, signal }: DiscoveryOptions,
  url: string,
): Promise<Omit<DiscoveredService, 'origin'>> {
  const probe = createClient({ baseUrl: url, timeoutMs: timeouts.probeMs, apiKey });
  const model = await probe.ready(signal);
  const client = createClient({ baseUrl: url, timeoutMs: timeouts.exchangeMs, apiKey });
  return { url, model, client };
}

/** @returns undefined where nobody listens, or somebody who is no service of ours */
async function probeIfOpen(
  options: DiscoveryOptions,
): Promise<Omit<DiscoveredService, 'origin'> | undefined> {
  const { apiUrl, timeouts } = options;
  if (!(await isPortOpen(apiUrl, timeouts.probeMs))) return undefined;
  try {
    return await ask(options, apiUrl);
  } catch (error) {
    if (isAppError(error, 'service') && error.code !== 'service-cancelled') return undefined;
    throw error;
  }
}

/** @returns whether a connection was accepted in time; never rejects. */
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

export interface ServiceTimeouts {
  /** Whether it is ready. */
  readonly probeMs: number;
  /** A question or a correction, with its answer. */
  readonly exchangeMs: number;
  readonly startMs: number;
  readonly stopMs: number;
  /** From one look at whether it is still there to the next. */
  readonly heartbeatMs: number;
}

export const defaultTimeouts: ServiceTimeouts = {
  probeMs: 5000,
  exchangeMs: 10_000,
  startMs: 60_000,
  stopMs: 1500,
  heartbeatMs: 5000,
};
