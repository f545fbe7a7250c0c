// The catalogue of client-visible problems by stable code, the error that carries one, and the
// problem details of RFC 9457 that describe it. plugins/error-handlers.ts sends them.

import type { ProblemCode, ProblemDetails } from '@digits/protocol';

/** `title` is the same for every occurrence of a problem (RFC 9457, section 3.1.3). */
export const problems = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  'malformed-multipart': { status: 400, title: 'The form cannot be parsed' },
  'no-file': { status: 400, title: 'No file was sent' },
  'too-many-files': { status: 400, title: 'More than one file was sent' },
  'unexpected-field': { status: 400, title: 'The form has an unexpected field' },
  'empty-file': { status: 400, title: 'The file is empty' },
  'no-label': { status: 400, title: 'No label was sent' },
  'bad-label': { status: 400, title: 'The label is not a digit' },
  'bad-source': { status: 400, title: 'The source is unknown' },
  unauthorized: { status: 401, title: 'The API key is missing or wrong' },
  'bad-inference-request': { status: 400, title: 'The inference request is malformed' },
  'bad-tensor': { status: 400, title: 'The input tensor does not match the model' },
  'unknown-output': { status: 400, title: 'The model has no such output' },
  'host-not-allowed': { status: 403, title: 'This host is not allowed' },
  'origin-not-allowed': { status: 403, title: 'Web pages of this origin are not allowed' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-model': { status: 404, title: 'This model or version is not served' },
  'no-such-feedback': { status: 404, title: 'There is no such correction' },
  'no-such-disagreement': { status: 404, title: 'There is no such disagreement' },
  'no-such-neuron': { status: 404, title: 'The served model has no such neuron' },
  'method-not-allowed': { status: 405, title: 'This address does not allow this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'file-too-large': { status: 413, title: 'The file has too many bytes' },
  'too-many-images': { status: 413, title: 'The request has too many images' },
  'too-many-pixels': { status: 413, title: 'The picture has too many pixels' },
  'unsupported-content-type': {
    status: 415,
    title: 'The type or compression of the body is not supported',
  },
  'not-an-image': { status: 415, title: 'The file is not a PNG, JPEG or WebP picture' },
  'unreadable-image': { status: 422, title: 'The picture is damaged' },
  'blank-image': { status: 422, title: 'The picture is blank' },
  'too-many-requests': { status: 429, title: 'Too many requests from this address' },
  'too-many-wrong-keys': { status: 429, title: 'Too many wrong API keys from this address' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  'internal-error': { status: 500, title: 'The service failed' },
  'not-ready': { status: 503, title: 'The service is not ready' },
  'feedback-unavailable': { status: 503, title: 'Corrections cannot be read or stored' },
  'feedback-full': { status: 507, title: 'The store of corrections is full' },
  overloaded: { status: 503, title: 'The service is overloaded' },
  'handler-timeout': { status: 503, title: 'The answer took too long' },
  'shutting-down': { status: 503, title: 'The service is shutting down' },
} as const satisfies Record<ProblemCode, { status: number; title: string }>;

export type { ProblemCode };

/** Thrown anywhere below a route. `message` is the `detail` that the client receives. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** The body of a response with this problem. */
export function problemDetails(code: ProblemCode, detail: string): ProblemDetails {
  const { title, status } = problems[code];
  return { type: `urn:digits:problem:${code}`, title, status, detail, code };
}
