// Corrections: what people say is on a picture, beside what was predicted.

import { type Static, Type } from 'typebox';
import { exampleModel, ModelReference, Sha256 } from './model.ts';
import { Prediction } from './prediction.ts';
import { pictureContentTypes, uploadBody } from './upload.ts';

const digit = { minimum: 0, maximum: 9 };
const Label = Type.Integer({ ...digit, description: 'The digit that is on the picture.' });

/** Those that a client may name. */
export const submittedSources = ['correction', 'practice', 'import'] as const;

const SubmittedSource = Type.Enum(submittedSources, {
  type: 'string',
  description: 'How the picture came to its label; `correction` if nothing is said.',
});

const Source = Type.Enum([...submittedSources, 'disagreement'], {
  type: 'string',
  description: 'How the picture came to its label; `disagreement`: see /disagreements.',
});

const Time = Type.String({ format: 'date-time' });

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

export const FeedbackEntry = Type.Object(
  {
    id: Type.String(),
    label: Label,
    source: Source,
    predicted: Prediction.properties.digit,
    confidence: Prediction.properties.confidence,
    accepted: Prediction.properties.accepted,
    reason: Prediction.properties.reason,
    model: ModelReference,
    input: Type.Object(
      {
        sha256: Sha256,
        contentType: Type.Enum(pictureContentTypes, { type: 'string' }),
        byteLength: Type.Integer({ minimum: 1 }),
      },
      { description: 'The file as it arrived; its type is what its content is.' },
    ),
    createdAt: Time,
  },
  { title: 'FeedbackEntry', examples: [exampleEntry] },
);

export type FeedbackEntry = Static<typeof FeedbackEntry>;

export const FeedbackFilters = Type.Object({
  label: Type.Optional(Label),
  predicted: Type.Optional(Type.Integer(digit)),
  source: Type.Optional(Source),
  model: Type.Optional(Type.String({ description: 'The version of the model that predicted.' })),
  since: Type.Optional({ ...Time, description: 'Sent at this time or later.' }),
  until: Type.Optional({ ...Time, description: 'Sent before this time.' }),
  wrong: Type.Optional(
    Type.Boolean({ description: 'Whether the label is another digit than was predicted.' }),
  ),
});

export type FeedbackFilters = Static<typeof FeedbackFilters>;

export const FeedbackQuery = Type.Object({
  ...FeedbackFilters.properties,
  order: Type.Union([Type.Literal('newest'), Type.Literal('oldest')], { default: 'newest' }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: '`next` of the page before this one.' }),
  ),
});

export const FeedbackPage = Type.Object(
  {
    items: Type.Array(FeedbackEntry),
    total: Type.Integer({ description: 'How many the filters let through, on all pages.' }),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `cursor` of the next page; null on the last one.',
    }),
  },
  { title: 'FeedbackPage', examples: [{ items: [exampleEntry], total: 1, next: null }] },
);

export const ExportQuery = Type.Object({
  ...FeedbackFilters.properties,
  format: Type.Union([Type.Literal('tar'), Type.Literal('idx')], {
    default: 'tar',
    description: '`tar`: the pictures as they were sent; `idx`: 28×28 as the network saw them.',
  }),
});

export const FeedbackId = Type.Object({ id: Type.String() });

const labelText = {
  type: 'string',
  pattern: '^[0-9]$',
  description: 'The digit that is on the picture.',
};

/** For the documentation only, as the body is: the route reads them together with the form. */
export const feedbackQuery = {
  type: 'object',
  properties: {
    label: { ...labelText, description: 'The label of a bare picture.' },
    source: { ...SubmittedSource, description: 'The source of a bare picture.' },
  },
};

const { 'multipart/form-data': pictureForm, ...pictureFiles } = uploadBody.content;

/** `schema.body` of the route that takes a picture with its label. */
export const feedbackBody = {
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file', 'label'],
        properties: { ...pictureForm.schema.properties, label: labelText, source: SubmittedSource },
      },
    },
    ...pictureFiles,
  },
};
