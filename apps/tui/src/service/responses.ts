// Parses the service's responses by the schemas of @digits/protocol and makes their texts printable.
// It loads the validator: import it dynamically, so that the first frame does not wait for that.

import type {
  Neuron,
  NeuronActivation,
  NeuronExample,
  Prediction,
  ServedModel,
} from '@digits/client';
import {
  FeedbackEntry,
  FeedbackPage,
  inputLength,
  type ModelReference,
  NeuronActivation as NeuronActivationSchema,
  type NeuronExample as NeuronExampleAnswer,
  Neuron as NeuronSchema,
  Prediction as PredictionSchema,
  Readiness,
  ReceivedProblem,
} from '@digits/protocol';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../app-error.ts';
import type { CorrectionPage, ListedCorrection } from '../state/corrections/corrections.ts';
import { printable } from '../untrusted-text.ts';

/** As long as the name of a version may be: it is compared with what the trainer reports. */
const maxVersionCharacters = 100;

/** As long as the id of a correction may be: see `ManifestLine`. */
const maxIdCharacters = 100;

// Of each response the members that the app uses; what else is in it may differ.
const prediction = Compile(Type.Omit(PredictionSchema, ['input']));
const neuron = Compile(NeuronSchema);
const neuronActivation = Compile(NeuronActivationSchema);
const storedEntry = Compile(Type.Pick(FeedbackEntry, ['id']));
const listedEntrySchema = Type.Pick(FeedbackEntry, ['id', 'label', 'source', 'createdAt']);
const listedEntry = Compile(listedEntrySchema);
const page = Compile(
  Type.Object({
    ...Type.Pick(FeedbackPage, ['total', 'next']).properties,
    items: Type.Array(listedEntrySchema, { maxItems: 200 }),
  }),
);
const readiness = Compile(Type.Pick(Readiness, ['status', 'model']));
const receivedProblem = Compile(ReceivedProblem);

/** The members of problem details (RFC 9457) that the app shows. */
export interface Problem {
  readonly title: string;
  readonly detail: string | undefined;
}

/** @throws AppError `service-bad-answer` unless `body` is a response of POST /predict */
export function parsePrediction(body: unknown): Prediction {
  if (!prediction.Check(body)) throw badAnswer('a prediction');
  const { digit, confidence, probabilities, accepted, reason, seen, saliency, layers } = body;
  if (accepted !== (reason === null) || (accepted && digit === null)) {
    throw badAnswer('a prediction');
  }
  if (!seen && (saliency || layers)) throw badAnswer('an explanation');
  if (layers && layers.at(-1)?.length !== probabilities.length) throw badAnswer('ten outputs');
  return {
    digit,
    confidence,
    probabilities,
    reason,
    model: servedModel(body.model),
    ...(seen && { seen }),
    ...(saliency && { saliency }),
    ...(layers && { layers }),
  };
}

/** @throws AppError `service-bad-answer` unless `body` is a response of GET …/neurons/:index */
export function parseNeuron(body: unknown): Neuron {
  if (!neuron.Check(body)) throw badAnswer('a neuron');
  const { model, examples, ...rest } = body;
  return { ...rest, model: servedModel(model), examples: examples?.map(toExample) };
}

function toExample({ pixels, ...rest }: NeuronExampleAnswer): NeuronExample {
  const bytes = Buffer.from(pixels, 'base64');
  if (bytes.length !== inputLength) throw badAnswer('a picture of 784 bytes');
  return { ...rest, pixels: bytes };
}

/** @throws AppError `service-bad-answer` unless `body` is a response of POST …/neurons/:index */
export function parseNeuronActivation(body: unknown): NeuronActivation {
  if (!neuronActivation.Check(body)) throw badAnswer('the activation of a neuron');
  return { ...body, model: servedModel(body.model) };
}

/** @throws AppError `service-bad-answer` unless `body` is a response of POST /feedback */
export function parseFeedback(body: unknown): { readonly id: string } {
  if (!storedEntry.Check(body) || body.id === '') throw badAnswer('the id of the stored entry');
  return { id: printable(body.id, maxIdCharacters) };
}

/** @throws AppError `service-bad-answer` unless `body` is a response of GET /feedback/:id */
export function parseFeedbackEntry(body: unknown): ListedCorrection {
  if (!listedEntry.Check(body)) throw badAnswer('a correction');
  return toListed(body);
}

/** @throws AppError `service-bad-answer` unless `body` is a response of GET /feedback */
export function parseFeedbackPage(body: unknown): CorrectionPage {
  if (!page.Check(body)) throw badAnswer('a page of corrections');
  const { items, total, next } = body;
  return { items: items.map(toListed), total, next: next ?? undefined };
}

function toListed({ id, label, source, createdAt }: Static<typeof listedEntrySchema>) {
  const atMs = Date.parse(createdAt);
  if (Number.isNaN(atMs)) throw badAnswer('the time of a correction');
  return { id: printable(id, maxIdCharacters), label, source, atMs, isSent: true };
}

/** @throws AppError `service-bad-answer` unless `body` is a response of GET /health/ready */
export function parseReadiness(body: unknown): ServedModel {
  if (!readiness.Check(body)) throw badAnswer('a readiness report');
  return servedModel(body.model);
}

/** @returns undefined if `body` is not a problem document */
export function parseProblem(body: unknown): Problem | undefined {
  if (!receivedProblem.Check(body)) return undefined;
  const { title, detail } = body;
  return {
    title: printable(title, 80),
    detail: typeof detail === 'string' ? printable(detail, 200) : undefined,
  };
}

function servedModel({ name, version }: ModelReference): ServedModel {
  return { name: printable(name, 40), version: printable(version, maxVersionCharacters) };
}

function badAnswer(expected: string): AppError {
  return new AppError('service-bad-answer', `The service did not answer with ${expected}.`);
}
