// What the documentation says of the routes under /disagreements, and what is checked on the way in.

import {
  DisagreementId,
  DisagreementPage,
  DisagreementQuery,
  LabelBody,
} from '../schemas/disagreement.ts';
import { FeedbackEntry } from '../schemas/feedback.ts';
import { problemResponses } from '../schemas/problem.ts';
import { pictureResponses } from './stored-items.ts';

const tags = ['disagreements'];
const problems = problemResponses('no-such-disagreement', 'feedback-unavailable');

export const list = {
  summary: 'Pictures on which the shadow reads another digit, by pages',
  description:
    'What nobody has labelled yet, each picture once; of very many the oldest are forgotten. The ' +
    'header `Link` has the address of the next page, where there is one.',
  tags,
  querystring: DisagreementQuery,
  response: {
    200: { description: 'A page.', ...DisagreementPage },
    ...problemResponses('bad-request', 'feedback-unavailable'),
  },
};

export const image = {
  summary: 'The picture of a disagreement, as it was sent',
  description: 'Byte by byte, as the type that it is. It never changes, and has an `ETag`.',
  tags,
  params: DisagreementId,
  response: { ...pictureResponses, ...problems },
};

export const label = {
  summary: 'Say which digit is on the picture',
  description:
    'Makes a correction of it, with the source `disagreement`, under the same id: it leaves this ' +
    'list and stands in /feedback.',
  tags,
  params: DisagreementId,
  body: { content: { 'application/json': { schema: LabelBody } } },
  response: {
    201: { description: 'It is a correction now.', ...FeedbackEntry },
    200: { description: 'This picture with this label was there already.', ...FeedbackEntry },
    ...problemResponses(
      'bad-request',
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
  description: 'For good: the bytes are overwritten. Asked again, the same picture comes again.',
  tags,
  params: DisagreementId,
  response: { 204: { description: 'It is gone.', type: 'null' }, ...problems },
};
