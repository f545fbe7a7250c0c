// Pictures on which champion and shadow predict different digits, and the requests about them.

import { exampleModel, FeedbackEntry, ModelReference, Prediction } from '@digits/protocol';
import { type Static, Type } from 'typebox';
import { FeedbackQuery } from './feedback.ts';

const { confidence, accepted, reason } = Prediction.properties;

const OneAnswer = Type.Object(
  {
    digit: Type.Integer({ minimum: 0, maximum: 9 }),
    confidence,
    accepted,
    reason,
    model: ModelReference,
  },
  { title: 'OneAnswer' },
);

/** The prediction of one of the two models. */
export type OneAnswer = Static<typeof OneAnswer>;

const { id, input, createdAt } = FeedbackEntry.properties;

const exampleDisagreement = {
  id: '019aa3c2-5d1e-7c3a-9b1f-3f2b8a6d4e10',
  champion: { digit: 1, confidence: 0.912, accepted: true, reason: null, model: exampleModel },
  shadow: {
    digit: 7,
    confidence: 0.871,
    accepted: true,
    reason: null,
    model: {
      name: 'digits',
      version: 'fine-tune-1-60303ae2',
      sha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
  },
  input: {
    sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    contentType: 'image/png',
    byteLength: 413,
  },
  createdAt: '2026-03-14T15:09:26.535Z',
};

export const Disagreement = Type.Object(
  {
    id,
    champion: { ...OneAnswer, description: 'The prediction that was sent.' },
    shadow: { ...OneAnswer, description: 'The prediction of the shadow model.' },
    input,
    createdAt,
  },
  { title: 'Disagreement', examples: [exampleDisagreement] },
);

export type Disagreement = Static<typeof Disagreement>;

const { order, limit, cursor } = FeedbackQuery.properties;

export const DisagreementQuery = Type.Object({ order, limit, cursor });

export const DisagreementPage = Type.Object(
  {
    items: Type.Array(Disagreement),
    total: Type.Integer({ description: 'The number of disagreements on all pages.' }),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'The `cursor` of the next page; null on the last one.',
    }),
  },
  {
    title: 'DisagreementPage',
    examples: [{ items: [exampleDisagreement], total: 1, next: null }],
  },
);

export const DisagreementId = Type.Object({ id });

export const LabelBody = Type.Object(
  {
    label: Type.Integer({
      minimum: 0,
      maximum: 9,
      description: 'The digit that is on the picture.',
    }),
  },
  { title: 'Label', examples: [{ label: 7 }] },
);
