// What the service may answer, and the narrowing from whatever came to what the contract says.
// Answers are hostile: a field that is missing, of another type or out of range spoils the whole.

import { AppError } from '../app-error.ts';
import { classCount, type Prediction, type Reason, type ServedModel } from '../state/prediction.ts';
import { printable } from '../untrusted-text.ts';

/** How many pixels the network sees: 28×28. */
const pixelCount = 784;

const reasons: readonly Reason[] = ['blank', 'not-a-digit', 'uncertain'];

/** RFC 9457 problem details, as far as a person can use them. */
export interface Problem {
  readonly title: string;
  readonly detail: string | undefined;
}

/** @throws AppError service-bad-answer if `body` is no answer of POST /predict. */
export function parsePrediction(body: unknown): Prediction {
  const { digit, confidence, probabilities, accepted, reason, model, ...rest } = recordOf(body);
  if (
    (digit === null || isDigit(digit)) &&
    isShare(confidence) &&
    Array.isArray(probabilities) &&
    probabilities.length === classCount &&
    probabilities.every(isShare) &&
    (reason === null || isReason(reason)) &&
    accepted === (reason === null) &&
    (digit !== null || accepted === false)
  ) {
    const reading = { digit, confidence, probabilities, reason, model: parseModel(model) };
    return { ...reading, ...parseExplanation(rest) };
  }
  throw badAnswer('a prediction');
}

/** A blank picture has no explanation, and an answer that nobody asked to explain has none. */
function parseExplanation({
  seen,
  saliency,
}: Readonly<Record<string, unknown>>): Pick<Prediction, 'seen' | 'saliency'> {
  if (seen === undefined && saliency === undefined) return {};
  if (seen === null && saliency === null) return {};
  if (isPicture(seen, isShare) && isPicture(saliency, Number.isFinite)) return { seen, saliency };
  throw badAnswer('an explanation');
}

/** @throws AppError service-bad-answer if `body` is no answer of POST /feedback. */
export function parseFeedback(body: unknown): { readonly id: string } {
  const { id } = recordOf(body);
  if (typeof id === 'string' && id !== '') return { id: printable(id, 80) };
  throw badAnswer('the name of what it stored');
}

/** @throws AppError service-bad-answer if `body` is no answer of GET /health/ready. */
export function parseReadiness(body: unknown): ServedModel {
  const { status, model } = recordOf(body);
  if (status !== 'ready') throw badAnswer('a readiness report');
  return parseModel(model);
}

/** @returns undefined if `body` is no problem document. */
export function parseProblem(body: unknown): Problem | undefined {
  const { title, detail } = recordOf(body);
  if (typeof title !== 'string') return undefined;
  return {
    title: printable(title, 80),
    detail: typeof detail === 'string' ? printable(detail, 200) : undefined,
  };
}

function parseModel(model: unknown): ServedModel {
  const { name, version, sha256 } = recordOf(model);
  if (
    typeof name === 'string' &&
    typeof version === 'string' &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  ) {
    return { name: printable(name, 40), version: printable(version, 40) };
  }
  throw badAnswer('a model');
}

function badAnswer(expected: string): AppError {
  return new AppError('service-bad-answer', `The service did not answer with ${expected}.`);
}

/** The fields of an object; of anything else, none. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isDigit(value: unknown): value is number {
  return Number.isInteger(value) && isBetween(value, 0, classCount - 1);
}

function isShare(value: unknown): value is number {
  return isBetween(value, 0, 1);
}

function isPicture(
  value: unknown,
  isPixel: (pixel: unknown) => boolean,
): value is readonly number[] {
  return Array.isArray(value) && value.length === pixelCount && value.every(isPixel);
}

function isBetween(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}

function isReason(value: unknown): value is Reason {
  return reasons.some(reason => reason === value);
}
