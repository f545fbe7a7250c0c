// HTTP to the service that the page comes from. It notices when the service is lost or wants a key, and tries
// again by itself.

import {
  createBackOff,
  type Prediction,
  type PredictionParts,
  predictPath,
  type ServedModel,
} from '@digits/client';
import type { ProblemDetails } from '@digits/protocol';
import { digitCount } from '@digits/protocol/constants';
import type { PictureFile, ServiceState } from '../state.ts';

/**
 * Why a request has no result, in words that can be shown. `refused` is final for this request; `failed` is
 * the service's own trouble with it.
 */
export class ServiceError extends Error {
  readonly code: 'unreachable' | 'locked' | 'refused' | 'failed';
  /** Of the answer, if there was one. */
  readonly status: number | undefined;

  constructor(code: ServiceError['code'], message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface ServiceRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: PictureFile;
  readonly signal?: AbortSignal | undefined;
}

export interface Service {
  /** @param path from a slash on, without host @returns the JSON of the answer @throws ServiceError */
  send(path: string, request?: ServiceRequest): Promise<unknown>;
  /** @throws ServiceError */
  predict(picture: PictureFile, parts: PredictionParts, signal?: AbortSignal): Promise<Prediction>;
  /** Looks for the service now, with a key if there is a new one. */
  connect(key?: string): Promise<void>;
}

const keyName = 'digits-api-key';

/** As in the terminal app. */
const exchangeMs = 10_000;
const heartbeatMs = 5000;

/** The service cannot answer at the moment, or its proxy cannot reach it. */
const awayStatuses: readonly number[] = [502, 503, 504];

type Problem = Partial<Pick<ProblemDetails, 'title' | 'detail' | 'code'>>;

export function createService(report: (state: ServiceState) => void): Service {
  const backOff = createBackOff(Math.random);
  const storage = storageOf('sessionStorage');
  let apiKey = storage?.getItem(keyName) ?? undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the key is right, or none is needed; undefined as long as that is not known. */
  let isOpen: boolean | undefined;

  function schedule(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(connect, delayMs);
  }

  function lose(why: string, retryAfterMs = 0): ServiceError {
    report({ status: 'away', why });
    schedule(Math.max(backOff.next(), retryAfterMs));
    return new ServiceError('unreachable', why);
  }

  /** There were too many requests from this address, maybe of other pages. */
  function pause(seconds: number): ServiceError {
    const why = `Too many requests; continues in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
    report({ status: 'busy', why });
    schedule(seconds * 1000);
    return new ServiceError('unreachable', why);
  }

  function lock(): ServiceError {
    clearTimeout(timer);
    isOpen = false;
    report({ status: 'locked', why: apiKey === undefined ? '' : 'The key is not right.' });
    return new ServiceError('locked', 'The service asks for its API key.');
  }

  async function send(path: string, request: ServiceRequest = {}): Promise<unknown> {
    const { method = 'GET', body, signal } = request;
    const aborting = new AbortController();
    const abort = () => aborting.abort();
    signal?.addEventListener('abort', abort);
    const timeout = setTimeout(abort, exchangeMs);
    try {
      const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
      const init = { method, headers, signal: aborting.signal, ...(body && { body }) };
      const response = await fetch(path.slice(1), init);
      const answer = parsed(await response.text());
      if (response.ok) return answer;
      throw refusal(response, (answer ?? {}) as Problem);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      if (signal?.aborted) throw new ServiceError('unreachable', 'The request was cancelled.');
      throw lose('The service does not answer.');
    } finally {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', abort);
    }
  }

  function refusal({ status, headers }: Response, problem: Problem): ServiceError {
    if (status === 401) return lock();
    const { title = `Status ${status}`, detail, code } = problem;
    const why = detail === undefined ? title : `${title}: ${detail}`;
    const seconds = Number(headers.get('retry-after'));
    if (status === 429) return pause(Math.max(1, seconds));
    const isAway = awayStatuses.includes(status) && code !== 'feedback-unavailable';
    if (isAway) return lose(why, seconds * 1000);
    return new ServiceError(status < 500 ? 'refused' : 'failed', why, status);
  }

  /** Asks for the model now and then every few seconds; readiness needs no key and has no rate limit. */
  async function connect(): Promise<void> {
    try {
      const body = (await send(isOpen ? '/health/ready' : '/model')) ?? {};
      const answer = body as Partial<ServedModel> & { readonly model?: ServedModel };
      const { name, version } = answer.model ?? answer;
      if (name === undefined || version === undefined) throw lose('Another service answers here.');
      isOpen = true;
      backOff.reset();
      report({ status: 'connected', model: { name, version } });
      schedule(heartbeatMs);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === 'refused' || error.code === 'failed') lose(error.message);
    }
  }

  return {
    send,
    async predict(picture, parts, signal) {
      const sentAt = performance.now();
      const answer = await send(predictPath(parts), { method: 'POST', body: picture, signal });
      const prediction = answer as Prediction | undefined;
      if (prediction?.probabilities?.length !== digitCount) {
        throw new ServiceError('failed', 'The service did not answer with a prediction.');
      }
      return { ...prediction, latencyMs: performance.now() - sentAt };
    },
    async connect(key) {
      if (key !== undefined) {
        apiKey = key;
        try {
          storage?.setItem(keyName, key);
        } catch {
          // The storage is full: the key is lost with the next reload.
        }
      } else if (isOpen === false) return;
      await connect();
    },
  };
}

/** @returns undefined where the user has switched the browser's storage off */
export function storageOf(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}

/** @returns undefined for malformed JSON and for an empty body */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
