// What the documentation says of the routes under /feedback, and what is checked on the way in.

import {
  ExportQuery,
  FeedbackEntry,
  FeedbackId,
  FeedbackPage,
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
  summary: 'Store a picture with its right label',
  description:
    'Keeps the picture, what is on it and what was predicted, for the next training. In a form, ' +
    '`label` and `source` are fields beside `file`; with a bare body they stand in the address.',
  tags,
  body: feedbackBody,
  querystring: feedbackQuery,
  response: {
    201: { description: 'It is stored, and will be there after a power cut.', ...FeedbackEntry },
    200: { description: 'This picture with this label was there already.', ...FeedbackEntry },
    ...problemResponses(
      ...uploadProblems,
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
  summary: 'Corrections by pages',
  description: 'The header `Link` has the address of the next page, where there is one.',
  tags,
  querystring: FeedbackQuery,
  response: {
    200: { description: 'A page.', ...FeedbackPage },
    ...problemResponses('bad-request', 'feedback-unavailable'),
  },
};

export const get = {
  summary: 'A correction',
  description: 'All that is known of it but the picture.',
  tags,
  params: FeedbackId,
  response: {
    200: { description: 'This one.', ...FeedbackEntry },
    ...problemResponses('no-such-feedback', 'feedback-unavailable'),
  },
};

export const image = {
  summary: 'The picture of a correction, as it was sent',
  description: 'Byte by byte, as the type that it is. It never changes, and has an `ETag`.',
  tags,
  params: FeedbackId,
  response: {
    ...pictureResponses,
    ...problemResponses('no-such-feedback', 'feedback-unavailable'),
  },
};

export const remove = {
  summary: 'Delete a correction and its picture',
  description: 'For good: the bytes are overwritten. The same picture can be sent again.',
  tags,
  params: FeedbackId,
  response: {
    204: { description: 'It is gone.', type: 'null' },
    ...problemResponses('no-such-feedback', 'feedback-unavailable'),
  },
};

export const exporting = {
  summary: 'Corrections as an archive for training',
  description:
    'A tar archive, streamed. `tar`: `feedback/<label>/<id>.<png|jpg|webp>` and ' +
    '`feedback/manifest.jsonl`. `idx`: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and ' +
    '`manifest.jsonl`. In the order in which they came.',
  tags,
  querystring: ExportQuery,
  response: {
    200: { description: 'The archive.', content: { 'application/x-tar': { schema: binary } } },
    ...problemResponses('bad-request', 'feedback-unavailable'),
  },
};
