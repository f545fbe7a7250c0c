// The fixed names and sizes of the protocol. This module loads nothing, so that a program which must
// start fast can import it without the schemas.

/** Digits, 0 to 9. */
export const digitCount = 10;

/** Side of the image that the network takes, in pixels. */
export const inputSide = 28;

/** Values of that image: 28 × 28. */
export const inputLength = inputSide * inputSide;

/** Why a prediction is not accepted. */
export const rejectionReasons = ['blank', 'not-a-digit', 'uncertain'] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** Media types of the images that the service decodes. */
export const imageContentTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type ImageContentType = (typeof imageContentTypes)[number];

/** How an image came to its label, as far as a client may state it. */
export const submittedSources = ['correction', 'practice', 'import'] as const;
export type SubmittedSource = (typeof submittedSources)[number];

/** The same with the sources that the service assigns. */
export const feedbackSources = [...submittedSources, 'disagreement'] as const;
export type FeedbackSource = (typeof feedbackSources)[number];

/** Media type of problem details (RFC 9457). */
export const problemContentType = 'application/problem+json';

/** The stable codes of all problems, in the order in which the documentation lists them. */
export const problemCodes = [
  'bad-request',
  'malformed-multipart',
  'no-file',
  'too-many-files',
  'unexpected-field',
  'empty-file',
  'bad-label',
  'bad-source',
  'unauthorized',
  'bad-inference-request',
  'bad-tensor',
  'unknown-output',
  'not-found',
  'unknown-model',
  'no-such-feedback',
  'no-such-disagreement',
  'method-not-allowed',
  'request-timeout',
  'file-too-large',
  'too-many-images',
  'too-many-pixels',
  'unsupported-content-type',
  'not-an-image',
  'unreadable-image',
  'blank-image',
  'too-many-requests',
  'headers-too-large',
  'internal-error',
  'not-ready',
  'feedback-unavailable',
  'feedback-full',
  'overloaded',
  'handler-timeout',
  'shutting-down',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** How a figure of the candidate compares with the champion's. */
export const gateVerdicts = ['better', 'same', 'worse'] as const;
export type GateVerdict = (typeof gateVerdicts)[number];
