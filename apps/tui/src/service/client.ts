// HTTP to the service: one request each for readiness, a reading and a correction. got and form-data
// stand behind this file and are loaded when first used, so that they do not delay the first frame.
// No retries and no redirects: whether and when to ask again is the caller's decision.

import type FormData from 'form-data';
import { AppError } from '../app-error.ts';
import type { Prediction, ServedModel } from '../state/prediction.ts';
import { parseFeedback, parsePrediction, parseProblem, parseReadiness } from './answers.ts';

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
  /** Asks which model is loaded. @throws AppError for anything but a ready service. */
  ready(signal: AbortSignal): Promise<ServedModel>;
  /**
   * Sends a picture (PNG, JPEG or WebP) to be read.
   * @throws AppError for anything but a prediction.
   */
  predict(image: Uint8Array, options: PredictOptions): Promise<Prediction>;
  /** @returns the service's name for it. @throws AppError unless it is stored. */
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

/** @throws AppError for what happens on the way; an HTTP status is the caller's affair. */
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
    if (signal.aborted) throw new AppError('service-cancelled', 'No longer asked.', { cause });
    if (tooLong.signal.aborted) {
      throw new AppError('service-bad-answer', `${base} sent far too long an answer.`, {
        cause,
      });
    }
    if (cause instanceof TimeoutError) {
      const message = `${base} did not answer within ${options.timeoutMs / 1000} s.`;
      throw new AppError('service-timeout', message, { cause });
    }
    throw new AppError('service-unreachable', `${base} does not answer.`, { cause });
  }
}

function authorization({ apiKey }: ClientOptions): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

/** The JSON of a 200 or 201. @throws AppError with the service's own words for any other status. */
function bodyOf({ status, text }: HttpResponse): unknown {
  const body = parseJson(text);
  if (status === 200 || status === 201) return body;
  const problem = parseProblem(body) ?? { title: `status ${status}`, detail: undefined };
  const said = [problem.title, problem.detail].filter(words => words !== undefined).join(': ');
  throw new AppError('service-problem', `The service answered: ${said}`, { status });
}

/** What is no JSON is undefined, which no shape check lets pass. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface ImageType {
  readonly extension: string;
  readonly contentType: string;
}

const png = [0x89, 0x50, 0x4e, 0x47];
const jpeg = [0xff, 0xd8, 0xff];
const riff = [0x52, 0x49, 0x46, 0x46];
const webp = [0x57, 0x45, 0x42, 0x50];

/** @returns what to call a file in a form; what is none of the three the service will refuse. */
export function imageType(bytes: Uint8Array): ImageType {
  const has = (signature: readonly number[], offset = 0) =>
    signature.every((byte, index) => bytes[offset + index] === byte);
  if (has(png)) return { extension: 'png', contentType: 'image/png' };
  if (has(jpeg)) return { extension: 'jpg', contentType: 'image/jpeg' };
  if (has(riff) && has(webp, 8)) return { extension: 'webp', contentType: 'image/webp' };
  return { extension: 'bin', contentType: 'application/octet-stream' };
}
