// Schemas of the routes under /disagreements: their documentation and the checks of requests.

import { FeedbackEntry } from '@digits/protocol';
import {
  DisagreementId,
  DisagreementPage,
  DisagreementQuery,
  LabelBody,
} from '../schemas/disagreement.ts';
import { problemResponses } from '../schemas/problem.ts';
import { pictureResponses } from './stored-items.ts';

const tags = ['disagreements'];
const problems = problemResponses('no-such-disagreement', 'feedback-unavailable');

export const list = {
  summary: 'Pictures on which the shadow predicts another digit, in pages',
  description:
    'The pictures without a label, each once; above a limit the oldest are deleted. The header ' +
    '`Link` has the address of the next page, if there is one.',
  tags,
  querystring: DisagreementQuery,
  response: {
    200: { description: 'A page.', ...DisagreementPage },
    ...problemResponses('bad-request', 'feedback-unavailable'),
  },
};

export const image = {
  summary: 'The picture of a disagreement, as it was sent',
  description: 'Unchanged, with the media type of its content. It is immutable and has an `ETag`.',
  tags,
  params: DisagreementId,
  response: { ...pictureResponses, ...problems },
};

export const label = {
  summary: 'Label the picture',
  description:
    'Turns it into a correction with the source `disagreement` and the same id: it leaves this list ' +
    'and appears in /feedback.',
  tags,
  params: DisagreementId,
  body: { content: { 'application/json': { schema: LabelBody } } },
  response: {
    201: { description: 'It is a correction now.', ...FeedbackEntry },
    200: { description: 'This picture was stored with this label already.', ...FeedbackEntry },
    ...problemResponses(
      'bad-request',
      'no-label',
      'bad-label',
      'unsupported-content-type',
      'file-too-large',
      'no-such-disagreement',
      'feedback-unavailable',
      'feedback-full',
    ),
  },
};

export const remove = {
  summary: 'Delete a disagreement and its picture',
  description:
    'Permanently: the bytes are overwritten. The same picture is stored again if it is sent again.',
  tags,
  params: DisagreementId,
  response: {
    204: { description: 'It is deleted.', type: 'null' },
    ...problemResponses('no-such-disagreement', 'feedback-unavailable', 'feedback-full'),
  },
};
