// HTTP to the service: one request each for readiness, a prediction and a correction. got, form-data
// and the validator are loaded with the first request, so that they do not delay the first frame.
// No retries and no redirects: whether and when to ask again is the caller's decision.

import {
  feedbackPath,
  type Neuron,
  type NeuronActivation,
  type NeuronPosition,
  neuronPath,
  type Prediction,
  type PredictionParts,
  predictPath,
  type ServedModel,
} from '@digits/client';
import { shownAddress } from '@digits/protocol/address';
import type FormData from 'form-data';
import { AppError } from '../app-error.ts';
import type { CorrectionPage, ListedCorrection } from '../state/corrections/corrections.ts';

export interface PredictOptions extends PredictionParts {
  readonly signal: AbortSignal;
}

/** A drawing and the digit that it is. */
export interface Feedback {
  readonly png: Uint8Array;
  /** 0…9 */
  readonly label: number;
  readonly source: 'correction' | 'practice';
}

export interface Client {
  /** @returns the model that is loaded. @throws AppError unless the service is ready */
  ready(signal: AbortSignal): Promise<ServedModel>;
  /** Classifies a picture (PNG, JPEG or WebP). @throws AppError unless the response is a prediction */
  predict(image: Uint8Array, options: PredictOptions): Promise<Prediction>;
  /** @returns a neuron of the model. @throws AppError with status 404 if it has none there */
  neuron(position: NeuronPosition, signal: AbortSignal): Promise<Neuron>;
  /** @returns a neuron for a picture that is not blank. @throws AppError as `neuron` */
  neuronFor(
    image: Uint8Array,
    position: NeuronPosition,
    signal: AbortSignal,
  ): Promise<NeuronActivation>;
  /** @returns the id of the stored entry. @throws AppError unless it is stored */
  sendFeedback(feedback: Feedback, signal: AbortSignal): Promise<{ readonly id: string }>;
  /** @param cursor of the page; absent for the first. @throws AppError */
  listFeedback(cursor: string | undefined, signal: AbortSignal): Promise<CorrectionPage>;
  /** @returns one entry. @throws AppError with status 404 if there is none with this id */
  getFeedback(id: string, signal: AbortSignal): Promise<ListedCorrection>;
  /** @returns the picture of an entry as it was sent. @throws AppError as `getFeedback` */
  getFeedbackPicture(id: string, signal: AbortSignal): Promise<Buffer>;
  /** Deletes an entry with its picture; one that is gone already is no error. @throws AppError */
  deleteFeedback(id: string, signal: AbortSignal): Promise<void>;
}

export interface ClientOptions {
  /**
   * An http or https address; a path in it is kept, a final slash is not needed. A user and a password in it are
   * sent as Basic authentication if there is no key.
   */
  readonly baseUrl: string;
  /** Sent as a bearer token, if there is one. */
  readonly apiKey?: string | undefined;
  /** How long a whole exchange may take. */
  readonly timeoutMs: number;
}

/**
 * Twice the longest response of the contract: the layers of the widest network that the service
 * accepts, 12,000,000 weights over 784 inputs and 10 classes, in numbers of 16 characters.
 */
const maxResponseBytes = 512 * 1024;

/** The service's own default limit of uploads is half of it. */
const maxPictureBytes = 20 * 1024 * 1024;

/** A page of this many entries is shorter than the longest response. */
const entriesPerPage = 50;

interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly signal: AbortSignal;
  readonly form?: FormData;
  readonly maxBytes?: number;
}

interface HttpResponse {
  readonly status: number;
  readonly bytes: Buffer;
}

type Responses = typeof import('./responses.ts');

export function createClient(options: ClientOptions): Client {
  async function exchange<T>(
    what: HttpRequest,
    parse: (responses: Responses, body: unknown) => T,
  ): Promise<T> {
    const [responses, response] = await Promise.all([
      import('./responses.ts'),
      send(options, what),
    ]);
    return parse(responses, parseJson(`${successOf(response, responses)}`));
  }

  async function fetchBytes(request: HttpRequest): Promise<Buffer> {
    const responses = await import('./responses.ts');
    return successOf(await send(options, request), responses);
  }

  return {
    ready: signal =>
      exchange({ method: 'GET', path: '/health/ready', signal }, ({ parseReadiness }, body) =>
        parseReadiness(body),
      ),
    async predict(image, { signal, ...parts }) {
      const form = await formWith(image, {});
      const path = predictPath(parts);
      const sentAt = performance.now();
      return exchange({ method: 'POST', path, signal, form }, ({ parsePrediction }, body) => ({
        ...parsePrediction(body),
        latencyMs: performance.now() - sentAt,
      }));
    },
    neuron: (position, signal) =>
      exchange({ method: 'GET', path: neuronPath(position), signal }, (responses, body) =>
        responses.parseNeuron(body),
      ),
    async neuronFor(image, position, signal) {
      const form = await formWith(image, {});
      const path = neuronPath(position);
      return exchange({ method: 'POST', path, signal, form }, (responses, body) =>
        responses.parseNeuronActivation(body),
      );
    },
    async sendFeedback({ png, label, source }, signal) {
      const form = await formWith(png, { label: `${label}`, source });
      return exchange({ method: 'POST', path: '/feedback', signal, form }, (responses, body) =>
        responses.parseFeedback(body),
      );
    },
    listFeedback(cursor, signal) {
      const page = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const path = `/feedback?limit=${entriesPerPage}${page}`;
      return exchange({ method: 'GET', path, signal }, (responses, body) =>
        responses.parseFeedbackPage(body),
      );
    },
    getFeedback: (id, signal) =>
      exchange({ method: 'GET', path: feedbackPath(id), signal }, (responses, body) =>
        responses.parseFeedbackEntry(body),
      ),
    getFeedbackPicture: (id, signal) =>
      fetchBytes({
        method: 'GET',
        path: `${feedbackPath(id)}/image`,
        signal,
        maxBytes: maxPictureBytes,
      }),
    async deleteFeedback(id, signal) {
      try {
        await fetchBytes({ method: 'DELETE', path: feedbackPath(id), signal });
      } catch (error) {
        if (!(error instanceof AppError && error.status === 404)) throw error;
      }
    },
  };
}

/** Loads ahead of time what the first request needs. */
export function preloadClient(): void {
  void import('got');
  void import('form-data');
  void import('./responses.ts');
}

/** @returns a multipart form, text fields first, so that a reader knows them when the file comes */
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

/** @throws AppError for failures of the transport; the HTTP status is for the caller to check */
async function send(options: ClientOptions, request: HttpRequest): Promise<HttpResponse> {
  const { default: got, TimeoutError } = await import('got');
  const { method, path, signal, form, maxBytes = maxResponseBytes } = request;
  const base = options.baseUrl.replace(/\/+$/, '');
  const shown = shownAddress(base);
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
      responseType: 'buffer',
    }).on('downloadProgress', ({ transferred }) => {
      if (transferred > maxBytes) tooLong.abort();
    });
    return { status: response.statusCode, bytes: Buffer.from(response.body) };
  } catch (cause) {
    if (signal.aborted) {
      throw new AppError('service-cancelled', 'The request was cancelled.', { cause });
    }
    if (tooLong.signal.aborted) {
      throw new AppError('service-bad-answer', `${shown} sent too long a response.`, { cause });
    }
    if (cause instanceof TimeoutError) {
      const message = `${shown} did not answer within ${options.timeoutMs / 1000} s.`;
      throw new AppError('service-timeout', message, { cause });
    }
    throw new AppError('service-unreachable', `${shown} does not answer.`, { cause });
  }
}

function authorization({ apiKey }: ClientOptions): Record<string, string> {
  return apiKey ? { authorization: `Bearer ${apiKey}` } : {};
}

/** The body of a 200, 201 or 204. @throws AppError `service-problem` with the service's own message */
function successOf({ status, bytes }: HttpResponse, { parseProblem }: Responses): Buffer {
  if (status === 200 || status === 201 || status === 204) return bytes;
  const { title, detail } = parseProblem(parseJson(`${bytes}`)) ?? { title: `status ${status}` };
  const message = detail === undefined ? title : `${title}: ${detail}`;
  throw new AppError('service-problem', `The service answered: ${message}`, { status });
}

/** @returns undefined for malformed JSON, which matches no schema */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first bytes of a picture file, by which the service too tells the formats apart. */
const pngSignature = [0x89, 0x50, 0x4e, 0x47];
const jpegSignature = [0xff, 0xd8, 0xff];
const riffSignature = [0x52, 0x49, 0x46, 0x46];
const webpSignature = [0x57, 0x45, 0x42, 0x50];

export interface ImageType {
  readonly extension: string;
  readonly contentType: string;
}

/** @returns how to name a file in a form; the service refuses all but the three known formats */
export function imageType(bytes: Uint8Array): ImageType {
  const has = (signature: readonly number[], offset = 0) =>
    signature.every((byte, index) => bytes[offset + index] === byte);
  if (has(pngSignature)) return { extension: 'png', contentType: 'image/png' };
  if (has(jpegSignature)) return { extension: 'jpg', contentType: 'image/jpeg' };
  if (has(riffSignature) && has(webpSignature, 8)) {
    return { extension: 'webp', contentType: 'image/webp' };
  }
  return { extension: 'bin', contentType: 'application/octet-stream' };
}
