// What a person says of a picture: from the form, or, with a bare body, from the address.

import { Problem } from '../problem.ts';
import { type FeedbackEntry, submittedSources } from '../schemas/feedback.ts';

export type Submission = Pick<FeedbackEntry, 'label' | 'source'>;

type Texts = Readonly<Record<string, unknown>>;

/**
 * What the form says counts before what the address says.
 *
 * @throws Problem `bad-label` or `bad-source`
 */
export function readSubmission(fields: Texts, query: Texts): Submission {
  return {
    label: readLabel(fields['label'] ?? query['label']),
    source: readSource(fields['source'] ?? query['source'] ?? 'correction'),
  };
}

function readLabel(text: unknown): number {
  if (typeof text === 'string' && /^[0-9]$/.test(text)) return Number(text);
  throw new Problem('bad-label', 'Send the digit that is on the picture, 0 to 9, as "label".');
}

function readSource(text: unknown): Submission['source'] {
  const source = submittedSources.find(known => known === text);
  if (source) return source;
  throw new Problem('bad-source', `Send as "source" one of ${submittedSources.join(', ')}.`);
}
