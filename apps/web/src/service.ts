// HTTP to the service that the page comes from. It notices when the service is lost or wants a key, and
// tries again by itself.

import {
  createBackOff,
  type Prediction,
  type PredictionParts,
  predictPath,
  type ServedModel,
} from '@digits/client';
import { digitCount } from '@digits/protocol/constants';
import type { ServiceState } from './state.ts';

/** Why a request has no result, in words that can be shown. */
export class ServiceError extends Error {
  readonly code: 'unreachable' | 'locked' | 'refused';

  constructor(code: ServiceError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface ServiceRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: Blob;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Service {
  /** @param path from a slash on, without host @throws ServiceError */
  send(path: string, request?: ServiceRequest): Promise<Answer>;
  /** @throws ServiceError */
  predict(picture: Blob, parts: PredictionParts, signal?: AbortSignal): Promise<Prediction>;
  /** Looks for the service now, with a key if there is a new one. */
  connect(key?: string): Promise<void>;
}

const keyName = 'digits-api-key';

/** As in the terminal app. */
const exchangeMs = 10_000;
const heartbeatMs = 5000;

/** The service cannot answer at the moment, or its proxy cannot reach it. */
const busyStatuses: readonly number[] = [429, 502, 503, 504];

interface Problem {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly code?: unknown;
}

export function createService(report: (state: ServiceState) => void): Service {
  const backOff = createBackOff(Math.random);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLocked = false;
  /** Whether the service has answered a request that needs the key, if it has one. */
  let isOpen = false;

  function schedule(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), delayMs);
  }

  function lose(why: string, retryAfterMs = 0): ServiceError {
    report({ status: 'away', why });
    schedule(Math.max(backOff.next(), retryAfterMs));
    return new ServiceError('unreachable', why);
  }

  function lock(): ServiceError {
    clearTimeout(timer);
    isLocked = true;
    isOpen = false;
    const why = sessionStorage.getItem(keyName) === null ? '' : 'The key is not right.';
    sessionStorage.removeItem(keyName);
    report({ status: 'locked', why });
    return new ServiceError('locked', 'The service asks for its API key.');
  }

  async function send(path: string, request: ServiceRequest = {}): Promise<Answer> {
    const { method = 'GET', body, signal } = request;
    const key = sessionStorage.getItem(keyName);
    const aborting = new AbortController();
    const abort = () => aborting.abort();
    signal?.addEventListener('abort', abort);
    const timeout = setTimeout(abort, exchangeMs);
    try {
      const response = await fetch(path.slice(1), {
        method,
        signal: aborting.signal,
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
        ...(body && { body }),
      });
      const answer = { status: response.status, body: parsed(await response.text()) };
      if (response.ok) return answer;
      throw refusal(answer, Number(response.headers.get('retry-after')) * 1000);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      if (signal?.aborted) throw new ServiceError('unreachable', 'The request was cancelled.');
      throw lose('The service does not answer.');
    } finally {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', abort);
    }
  }

  function refusal({ status, body }: Answer, retryAfterMs: number): ServiceError {
    if (status === 401) return lock();
    const { title = `status ${status}`, detail, code } = (body ?? {}) as Problem;
    const why = detail === undefined ? `${title}` : `${title}: ${detail}`;
    const isBusy = busyStatuses.includes(status) && code !== 'feedback-unavailable';
    return isBusy ? lose(why, retryAfterMs) : new ServiceError('refused', why);
  }

  /** Its model, at the start and every few seconds; `send` reports and schedules after a failure. */
  async function connect(key?: string): Promise<void> {
    if (key !== undefined) sessionStorage.setItem(keyName, key);
    if (isLocked && key === undefined) return;
    isLocked = false;
    try {
      // Readiness needs no key and has no rate limit.
      const { body } = await send(isOpen ? '/health/ready' : '/model');
      const model = servedModelIn(isOpen ? (body as { model?: unknown } | undefined)?.model : body);
      isOpen = true;
      if (model === undefined) throw lose('The service does not answer as expected.');
      backOff.reset();
      report({ status: 'connected', model });
      schedule(heartbeatMs);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'refused') lose(error.message);
    }
  }

  return {
    send,
    connect,
    async predict(picture, parts, signal) {
      const sentAt = performance.now();
      const answer = await send(predictPath(parts), { method: 'POST', body: picture, signal });
      const prediction = answer.body as Prediction | undefined;
      if (prediction?.probabilities?.length !== digitCount) {
        throw new ServiceError('refused', 'The service did not answer with a prediction.');
      }
      return { ...prediction, latencyMs: performance.now() - sentAt };
    },
  };
}

function servedModelIn(body: unknown): ServedModel | undefined {
  const { name, version } = (body ?? {}) as Partial<ServedModel>;
  return name !== undefined && version !== undefined ? { name, version } : undefined;
}

/** @returns undefined for malformed JSON and for an empty body */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
