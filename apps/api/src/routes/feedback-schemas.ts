// Schemas of the routes under /feedback: their documentation and the checks of requests.

import { FeedbackEntry, FeedbackPage } from '@digits/protocol';
import {
  ExportQuery,
  FeedbackId,
  FeedbackQuery,
  feedbackBody,
  feedbackQuery,
} from '../schemas/feedback.ts';
import { problemResponses } from '../schemas/problem.ts';
import { uploadProblems } from '../schemas/upload.ts';
import { pictureResponses } from './stored-items.ts';

const tags = ['feedback'];
const binary = { type: 'string', format: 'binary' };

export const post = {
  summary: 'Store a picture with its correct label',
  description:
    'Stores the picture with its label and its prediction for the next training. In a form, `label` ' +
    'and `source` are fields beside `file`; with a bare body they are in the query.',
  tags,
  body: feedbackBody,
  querystring: feedbackQuery,
  response: {
    201: { description: 'It is stored durably.', ...FeedbackEntry },
    200: { description: 'This picture was stored with this label already.', ...FeedbackEntry },
    ...problemResponses(
      ...uploadProblems,
      'no-label',
      'bad-label',
      'bad-source',
      'blank-image',
      'not-ready',
      'feedback-unavailable',
      'feedback-full',
    ),
  },
};

export const list = {
  summary: 'Corrections in pages',
  description: 'The header `Link` has the address of the next page, if there is one.',
  tags,
  querystring: FeedbackQuery,
  response: {
    200: { description: 'A page.', ...FeedbackPage },
    ...problemResponses('bad-request', 'feedback-unavailable'),
  },
};

export const get = {
  summary: 'A correction',
  description: 'Its metadata, without the picture.',
  tags,
  params: FeedbackId,
  response: {
    200: { description: 'The correction.', ...FeedbackEntry },
    ...problemResponses('no-such-feedback', 'feedback-unavailable'),
  },
};

export const image = {
  summary: 'The picture of a correction, as it was sent',
  description: 'Unchanged, with the media type of its content. It is immutable and has an `ETag`.',
  tags,
  params: FeedbackId,
  response: {
    ...pictureResponses,
    ...problemResponses('no-such-feedback', 'feedback-unavailable'),
  },
};

export const remove = {
  summary: 'Delete a correction and its picture',
  description: 'Permanently: the bytes are overwritten. The same picture can be sent again.',
  tags,
  params: FeedbackId,
  response: {
    204: { description: 'It is deleted.', type: 'null' },
    ...problemResponses('no-such-feedback', 'feedback-unavailable', 'feedback-full'),
  },
};

export const exporting = {
  summary: 'Corrections as an archive for training',
  description:
    'A tar archive, streamed. `tar`: `feedback/<label>/<id>.<png|jpg|webp>` and ' +
    '`feedback/manifest.jsonl`. `idx`: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and ' +
    '`manifest.jsonl`. In order of arrival.',
  tags,
  querystring: ExportQuery,
  response: {
    200: { description: 'The archive.', content: { 'application/x-tar': { schema: binary } } },
    ...problemResponses('bad-request', 'feedback-unavailable', 'overloaded'),
  },
};
