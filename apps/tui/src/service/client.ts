// HTTP to the service: one request each for readiness and for a reading. got and form-data stand
// behind this file and are loaded when first used, so that they do not delay the first frame.
// No retries and no redirects: whether to ask again is the person's decision.

import type FormData from 'form-data';
import {
  type Prediction,
  parsePrediction,
  parseProblem,
  parseReadiness,
  type ServedModel,
} from './answers.ts';
import { ServiceError } from './service-error.ts';

export type Client = {
  /** Asks which model is loaded. @throws ServiceError for anything but a ready service. */
  ready(signal: AbortSignal): Promise<ServedModel>;
  /** Sends a PNG to be read. @throws ServiceError for anything but a prediction. */
  predict(png: Uint8Array, signal: AbortSignal): Promise<Prediction>;
};

export type ClientOptions = {
  /** An http or https address; a path in it is kept, a final slash is not needed. */
  readonly baseUrl: string;
  /** How long a whole exchange may take. */
  readonly timeoutMs: number;
};

/** Far above any answer of the contract; more is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;

type Exchange = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly signal: AbortSignal;
  readonly form?: FormData;
};

type Answer = { readonly status: number; readonly text: string };

export function createClient({ baseUrl, timeoutMs }: ClientOptions): Client {
  const base = baseUrl.replace(/\/+$/, '');
  return {
    async ready(signal) {
      const exchange = { method: 'GET', path: '/health/ready', signal } as const;
      return parseReadiness(bodyOf(await request(base, exchange, timeoutMs)));
    },
    async predict(png, signal) {
      const { default: FormData } = await import('form-data');
      const form = new FormData();
      form.append('file', Buffer.from(png), { filename: 'drawing.png', contentType: 'image/png' });
      const exchange = { method: 'POST', path: '/predict', signal, form } as const;
      return parsePrediction(bodyOf(await request(base, exchange, timeoutMs)));
    },
  };
}

/** @throws ServiceError for what happens on the way; an HTTP status is the caller's affair. */
async function request(base: string, exchange: Exchange, timeoutMs: number): Promise<Answer> {
  const { default: got, TimeoutError } = await import('got');
  const { method, path, signal, form } = exchange;
  const tooLong = new AbortController();
  try {
    const response = await got(`${base}${path}`, {
      method,
      // got 16 does not take a form-data stream.
      ...(form && { body: form.getBuffer(), headers: form.getHeaders() }),
      signal: AbortSignal.any([signal, tooLong.signal]),
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      followRedirect: false,
      decompress: false,
      throwHttpErrors: false,
    }).on('downloadProgress', ({ transferred }) => {
      if (transferred > MAX_ANSWER_BYTES) tooLong.abort();
    });
    return { status: response.statusCode, text: response.body };
  } catch (cause) {
    if (signal.aborted) throw new ServiceError('SERVICE_CANCELLED', 'No longer asked.', { cause });
    if (tooLong.signal.aborted) {
      throw new ServiceError('SERVICE_BAD_ANSWER', `${base} sent far too long an answer.`, {
        cause,
      });
    }
    if (cause instanceof TimeoutError) {
      const message = `${base} did not answer within ${timeoutMs / 1000} s.`;
      throw new ServiceError('SERVICE_TIMEOUT', message, { cause });
    }
    throw new ServiceError('SERVICE_UNREACHABLE', `${base} does not answer.`, { cause });
  }
}

/** The JSON of a 200. @throws ServiceError with the service's own words for any other status. */
function bodyOf({ status, text }: Answer): unknown {
  const body = parseJson(text);
  if (status === 200) return body;
  const problem = parseProblem(body) ?? { title: `status ${status}`, detail: undefined };
  const said = [problem.title, problem.detail].filter(words => words !== undefined).join(': ');
  throw new ServiceError('SERVICE_PROBLEM', `The service answered: ${said}`);
}

/** What is no JSON is undefined, which no shape check lets pass. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
