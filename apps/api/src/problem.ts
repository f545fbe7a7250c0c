// Everything that can go wrong for a client, by its stable code. Only data and the error that
// carries it; how a problem becomes a response stands in responses.ts.

/** RFC 9457 calls `title` the part that stays the same from one occurrence to the next. */
export const problems = {
  'bad-request': { status: 400, title: 'The request is malformed' },
  'malformed-multipart': { status: 400, title: 'The form cannot be read' },
  'no-file': { status: 400, title: 'No file was sent' },
  'too-many-files': { status: 400, title: 'More than one file was sent' },
  'unexpected-field': { status: 400, title: 'The form has a field that is not expected' },
  'empty-file': { status: 400, title: 'The file is empty' },
  'bad-label': { status: 400, title: 'The label is no digit' },
  'bad-source': { status: 400, title: 'The source is none that is known' },
  unauthorized: { status: 401, title: 'The key is missing or wrong' },
  'bad-inference-request': { status: 400, title: 'The inference request is malformed' },
  'bad-tensor': { status: 400, title: 'The tensor is none that the model takes' },
  'unknown-output': { status: 400, title: 'The model has no such output' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'unknown-model': { status: 404, title: 'This model, or version, is not served' },
  'no-such-feedback': { status: 404, title: 'There is no such correction' },
  'no-such-disagreement': { status: 404, title: 'There is no such disagreement' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'file-too-large': { status: 413, title: 'The file has too many bytes' },
  'too-many-images': { status: 413, title: 'The request has too many images' },
  'too-many-pixels': { status: 413, title: 'The picture has too many pixels' },
  'unsupported-content-type': { status: 415, title: 'This Content-Type is not accepted' },
  'not-an-image': { status: 415, title: 'The file is not a PNG, JPEG or WebP picture' },
  'unreadable-image': { status: 422, title: 'The picture is damaged' },
  'blank-image': { status: 422, title: 'There is nothing on the picture' },
  'too-many-requests': { status: 429, title: 'There were too many requests from this address' },
  'headers-too-large': { status: 431, title: 'The request headers are too large' },
  'internal-error': { status: 500, title: 'Something went wrong here' },
  'not-ready': { status: 503, title: 'The service is not ready' },
  'feedback-unavailable': { status: 503, title: 'Corrections cannot be read or stored' },
  'feedback-full': { status: 507, title: 'There is no room for more corrections' },
  overloaded: { status: 503, title: 'The service has too much to do' },
  'handler-timeout': { status: 503, title: 'The answer took too long' },
  'shutting-down': { status: 503, title: 'The service is about to end' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** Thrown anywhere below a route; `message` is the `detail` that the client reads. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
