// The paths of the service's requests.

import type { NeuronPosition } from './neuron/neuron.ts';

/** What a prediction is to come with besides the answer. */
export interface PredictionParts {
  /** Whether to explain: the network's input, and the evidence of each of its pixels. */
  readonly explain?: boolean;
  /** Whether to add the network's input and the outputs of every layer. */
  readonly layers?: boolean;
}

/** Without layers in the form that every version of the service understands. */
export function predictPath({ explain = false, layers = false }: PredictionParts): string {
  if (!layers) return explain ? '/predict?explain=true' : '/predict';
  return `/predict?explain=${explain ? 'saliency,layers' : 'layers'}`;
}

export function neuronPath({ layer, index }: NeuronPosition): string {
  return `/model/layers/${layer}/neurons/${index}`;
}

export function feedbackPath(id: string): string {
  return `/feedback/${encodeURIComponent(id)}`;
}
