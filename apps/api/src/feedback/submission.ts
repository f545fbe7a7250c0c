// Reads a correction out of a request: label and source from the form or, with a bare body, from the
// query; the network's input and prediction from the picture.

import type { LoadedModel } from '@digits/nn';
import { type FeedbackSubmission, submittedSources } from '@digits/protocol';
import { predictFromInput, toNetworkInput } from '../inference/predict.ts';
import { Problem } from '../problem.ts';
import type { NewFeedbackEntry } from './feedback-entry.ts';
import { toStoredPicture } from './stored-picture.ts';

type Texts = Readonly<Record<string, unknown>>;

/**
 * The form has precedence over the query.
 *
 * @throws Problem `no-label`, `bad-label` or `bad-source`
 */
export function readSubmission(fields: Texts, query: Texts): Required<FeedbackSubmission> {
  return {
    label: readLabel(fields['label'] ?? query['label']),
    source: readSource(fields['source'] ?? query['source'] ?? 'correction'),
  };
}

function readLabel(text: unknown): number {
  if (typeof text === 'string' && /^[0-9]$/.test(text)) return Number(text);
  const isMissing = text === undefined || text === '';
  const detail = 'Send the digit that is on the picture, 0 to 9, as "label".';
  throw new Problem(isMissing ? 'no-label' : 'bad-label', detail);
}

function readSource(text: unknown): Required<FeedbackSubmission>['source'] {
  const source = submittedSources.find(known => known === text);
  if (source) return source;
  throw new Problem('bad-source', `Send as "source" one of ${submittedSources.join(', ')}.`);
}

/**
 * The entry to store for a picture with its label.
 *
 * @throws Problem `blank-image`, and as `toNetworkInput` does
 */
export async function toNewEntry(
  bytes: Buffer,
  { label, source }: Required<FeedbackSubmission>,
  champion: LoadedModel,
  maxPixels: number,
): Promise<NewFeedbackEntry> {
  const pixels = await toNetworkInput(bytes, maxPixels);
  if (!pixels) throw new Problem('blank-image', 'A blank picture cannot be trained on.');
  const prediction = predictFromInput(pixels, bytes, champion);
  return {
    ...toStoredPicture({
      bytes,
      sha256: prediction.input.sha256,
      pixels,
      preprocessing: champion.model.preprocessing,
    }),
    label,
    source,
    predicted: prediction.digit,
    confidence: prediction.confidence,
    accepted: prediction.accepted,
    reason: prediction.reason,
    model: prediction.model,
  };
}
