// The requests of the routes under /feedback: filters, pages, exports, and the body of a correction.

import { FeedbackSourceSchema, Label, SubmittedSourceSchema } from '@digits/protocol';
import { type Static, Type } from 'typebox';
import { uploadBody } from './upload.ts';

const Time = Type.String({ format: 'date-time' });

export const FeedbackFilters = Type.Object({
  label: Type.Optional(Label),
  predicted: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
  source: Type.Optional(FeedbackSourceSchema),
  model: Type.Optional(Type.String({ description: 'The version of the model that predicted.' })),
  since: Type.Optional({ ...Time, description: 'Sent at this time or later.' }),
  until: Type.Optional({ ...Time, description: 'Sent before this time.' }),
  wrong: Type.Optional(
    Type.Boolean({ description: 'Whether the label differs from the predicted digit.' }),
  ),
});

export type FeedbackFilters = Static<typeof FeedbackFilters>;

export const FeedbackQuery = Type.Object({
  ...FeedbackFilters.properties,
  order: Type.Enum(['newest', 'oldest'], { type: 'string', default: 'newest' }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', description: '`next` of the previous page.' }),
  ),
});

export const ExportQuery = Type.Object({
  ...FeedbackFilters.properties,
  format: Type.Enum(['tar', 'idx'], {
    type: 'string',
    default: 'tar',
    description: "`tar`: the pictures as they were sent; `idx`: the network's 28×28 inputs.",
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
    label: { ...labelText, description: 'The label of a picture sent as the bare body.' },
    source: {
      ...SubmittedSourceSchema,
      description: 'The source of a picture sent as the bare body.',
    },
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
        properties: {
          ...pictureForm.schema.properties,
          label: labelText,
          source: SubmittedSourceSchema,
        },
      },
    },
    ...pictureFiles,
  },
};
