// HTTP to the service: one request each for readiness, a reading and a correction. got and form-data
// stand behind this file and are loaded when first used, so that they do not delay the first frame.
// No retries and no redirects: whether and when to ask again is the caller's decision.

import type FormData from 'form-data';
import type { Prediction, ServedModel } from '../state/prediction.ts';
import { parseFeedback, parsePrediction, parseProblem, parseReadiness } from './answers.ts';
import { imageType } from './image-type.ts';
import { ServiceError } from './service-error.ts';

export interface PredictOptions {
  /** Whether to tell what the network saw and which pixels spoke. */
  readonly explain?: boolean;
  readonly signal: AbortSignal;
}

/** A drawing and what it really is. */
export interface Feedback {
  readonly png: Uint8Array;
  /** 0…9 */
  readonly label: number;
  readonly source: 'correction' | 'practice';
}

export interface Client {
  /** Asks which model is loaded. @throws ServiceError for anything but a ready service. */
  ready(signal: AbortSignal): Promise<ServedModel>;
  /**
   * Sends a picture (PNG, JPEG or WebP) to be read.
   * @throws ServiceError for anything but a prediction.
   */
  predict(image: Uint8Array, options: PredictOptions): Promise<Prediction>;
  /** @returns the service's name for it. @throws ServiceError unless it is stored. */
  sendFeedback(feedback: Feedback, signal: AbortSignal): Promise<{ readonly id: string }>;
}

export interface ClientOptions {
  /** An http or https address; a path in it is kept, a final slash is not needed. */
  readonly baseUrl: string;
  /** Sent as a bearer token, if there is one. */
  readonly apiKey?: string | undefined;
  /** How long a whole exchange may take. */
  readonly timeoutMs: number;
}

/** Twice the longest answer of the contract, 1568 numbers of 20 characters; more is not read. */
const maxResponseBytes = 64 * 1024;

interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly signal: AbortSignal;
  readonly form?: FormData;
}

interface HttpResponse {
  readonly status: number;
  readonly text: string;
}

export function createClient(options: ClientOptions): Client {
  const exchange = async (what: HttpRequest) => bodyOf(await request(options, what));
  return {
    async ready(signal) {
      return parseReadiness(await exchange({ method: 'GET', path: '/health/ready', signal }));
    },
    async predict(image, { explain = false, signal }) {
      const form = await formWith(image, {});
      const path = explain ? '/predict?explain=true' : '/predict';
      const sentAt = performance.now();
      const body = await exchange({ method: 'POST', path, signal, form });
      return { ...parsePrediction(body), latencyMs: performance.now() - sentAt };
    },
    async sendFeedback({ png, label, source }, signal) {
      const form = await formWith(png, { label: `${label}`, source });
      return parseFeedback(await exchange({ method: 'POST', path: '/feedback', signal, form }));
    },
  };
}

/** A multipart form: text fields first, so that whoever reads it knows them when the file comes. */
async function formWith(
  image: Uint8Array,
  fields: Readonly<Record<string, string>>,
): Promise<FormData> {
  const { default: FormData } = await import('form-data');
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const { extension, contentType } = imageType(image);
  form.append('file', Buffer.from(image), { filename: `drawing.${extension}`, contentType });
  return form;
}

/** @throws ServiceError for what happens on the way; an HTTP status is the caller's affair. */
async function request(options: ClientOptions, exchange: HttpRequest): Promise<HttpResponse> {
  const { default: got, TimeoutError } = await import('got');
  const { method, path, signal, form } = exchange;
  const base = options.baseUrl.replace(/\/+$/, '');
  const tooLong = new AbortController();
  try {
    const response = await got(`${base}${path}`, {
      method,
      headers: { ...authorization(options), ...form?.getHeaders() },
      // got 16 does not take a form-data stream.
      ...(form && { body: form.getBuffer() }),
      signal: AbortSignal.any([signal, tooLong.signal]),
      timeout: { request: options.timeoutMs },
      retry: { limit: 0 },
      followRedirect: false,
      decompress: false,
      throwHttpErrors: false,
    }).on('downloadProgress', ({ transferred }) => {
      if (transferred > maxResponseBytes) tooLong.abort();
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
      const message = `${base} did not answer within ${options.timeoutMs / 1000} s.`;
      throw new ServiceError('SERVICE_TIMEOUT', message, { cause });
    }
    throw new ServiceError('SERVICE_UNREACHABLE', `${base} does not answer.`, { cause });
  }
}

function authorization({ apiKey }: ClientOptions): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

/** The JSON of a 200 or 201. @throws ServiceError with the service's own words for any other status. */
function bodyOf({ status, text }: HttpResponse): unknown {
  const body = parseJson(text);
  if (status === 200 || status === 201) return body;
  const problem = parseProblem(body) ?? { title: `status ${status}`, detail: undefined };
  const said = [problem.title, problem.detail].filter(words => words !== undefined).join(': ');
  throw new ServiceError('SERVICE_PROBLEM', `The service answered: ${said}`, { status });
}

/** What is no JSON is undefined, which no shape check lets pass. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
