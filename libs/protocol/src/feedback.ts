// Feedback: images labelled by users, with the model's predictions for them.

import { type Static, Type } from 'typebox';
import { feedbackSources, imageContentTypes, submittedSources } from './constants.ts';
import { exampleModel, ModelReference, Sha256 } from './model.ts';
import { Prediction } from './prediction.ts';

/** The label of a picture, a digit. */
export const Label = Type.Integer({
  minimum: 0,
  maximum: 9,
  description: 'The digit that is on the picture.',
});

/** The origin of a label, as submitted by a client. */
export const SubmittedSourceSchema = Type.Enum(submittedSources, {
  type: 'string',
  description: 'How the picture came to its label; `correction` by default.',
});

/** The origin of a stored label. */
export const FeedbackSourceSchema = Type.Enum(feedbackSources, {
  type: 'string',
  description: 'The origin of the label; for `disagreement` see /disagreements.',
});

/** The fields of POST /feedback beside the image. */
export const FeedbackSubmission = Type.Object({
  label: Label,
  source: Type.Optional(SubmittedSourceSchema),
});

export type FeedbackSubmission = Static<typeof FeedbackSubmission>;

const exampleEntry = {
  id: '019aa3c2-5d1e-7c3a-9b1f-3f2b8a6d4e10',
  label: 4,
  source: 'correction',
  predicted: 9,
  confidence: 0.712,
  accepted: true,
  reason: null,
  model: exampleModel,
  input: {
    sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    contentType: 'image/png',
    byteLength: 413,
  },
  createdAt: '2026-03-14T15:09:26.535Z',
};

/** A stored image with its label, without the bytes of the image. */
export const FeedbackEntry = Type.Object(
  {
    id: Type.String(),
    label: Label,
    source: FeedbackSourceSchema,
    predicted: Prediction.properties.digit,
    confidence: Prediction.properties.confidence,
    accepted: Prediction.properties.accepted,
    reason: Prediction.properties.reason,
    model: ModelReference,
    input: Type.Object(
      {
        sha256: Sha256,
        contentType: Type.Enum(imageContentTypes, { type: 'string' }),
        byteLength: Type.Integer({ minimum: 1 }),
      },
      { description: 'The file as it was sent; its type is that of its content.' },
    ),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { title: 'FeedbackEntry', examples: [exampleEntry] },
);

export type FeedbackEntry = Static<typeof FeedbackEntry>;

/** The answer of GET /feedback. */
export const FeedbackPage = Type.Object(
  {
    items: Type.Array(FeedbackEntry),
    total: Type.Integer({ description: 'The number of matches on all pages.' }),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `cursor` of the next page; null on the last one.',
    }),
  },
  { title: 'FeedbackPage', examples: [{ items: [exampleEntry], total: 1, next: null }] },
);

export type FeedbackPage = Static<typeof FeedbackPage>;

/**
 * A line of manifest.jsonl in an export of format idx: the fields that a training reads. Stricter than
 * what is stored, because files are named by the id and times are compared as text.
 */
export const ManifestLine = Type.Object({
  /** index of the image and label in the IDX files, from 0 */
  index: Type.Integer({ minimum: 0 }),
  id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' }),
  label: Type.Integer({ minimum: 0, maximum: 9 }),
  source: Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }),
  input: Type.Object({ sha256: Sha256 }),
  createdAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
  /** name of the preprocessing that produced the image; absent if unknown */
  preprocessing: Type.Optional(Type.String({ maxLength: 100 })),
});

export type ManifestLine = Static<typeof ManifestLine>;
