// The fixed names and sizes of the protocol. This module has no imports, so that programs can
// use it without the time it takes to load the schemas.

/** Number of classes, the digits 0 to 9. */
export const digitCount = 10;

/** Side of the network's input image, in pixels. */
export const inputSide = 28;

/** Number of values of the network's input: 28 × 28. */
export const inputLength = inputSide * inputSide;

/** Reasons for rejecting a prediction. */
export const rejectionReasons = ['blank', 'not-a-digit', 'uncertain'] as const;
/** One of `rejectionReasons`. */
export type RejectionReason = (typeof rejectionReasons)[number];

/** Media types of images that the service accepts. */
export const imageContentTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
/** One of `imageContentTypes`. */
export type ImageContentType = (typeof imageContentTypes)[number];

/** Origins of a label that a client may submit. */
export const submittedSources = ['correction', 'practice', 'import'] as const;
/** One of `submittedSources`. */
export type SubmittedSource = (typeof submittedSources)[number];

/** All origins of a label, with those that only the service assigns. */
export const feedbackSources = [...submittedSources, 'disagreement'] as const;
/** One of `feedbackSources`. */
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
  'no-label',
  'bad-label',
  'bad-source',
  'unauthorized',
  'bad-inference-request',
  'bad-tensor',
  'unknown-output',
  'host-not-allowed',
  'origin-not-allowed',
  'not-found',
  'unknown-model',
  'no-such-feedback',
  'no-such-disagreement',
  'no-such-neuron',
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
  'too-many-wrong-keys',
  'headers-too-large',
  'internal-error',
  'not-ready',
  'feedback-unavailable',
  'feedback-full',
  'overloaded',
  'handler-timeout',
  'shutting-down',
] as const;
/** One of `problemCodes`. */
export type ProblemCode = (typeof problemCodes)[number];

/** Results of comparing a figure of the candidate with the champion's. */
export const gateVerdicts = ['better', 'same', 'worse'] as const;
/** One of `gateVerdicts`. */
export type GateVerdict = (typeof gateVerdicts)[number];
