// A small run for the tests of reports: three classes, images of 7 × 7.

import { outlierLabel } from '../../src/data/samples.ts';
import { evaluateLogits } from '../../src/evaluation/metrics/evaluation.ts';
import type { MeasuredSets } from '../../src/evaluation/sets/measure-sets.ts';
import type { SetEvaluation } from '../../src/evaluation/sets/set-evaluation.ts';
import type { ReportInput } from '../../src/report/report.ts';
import type { EpochEvent } from '../../src/training/events.ts';

const logits = Float32Array.of(9, 1, 0, 0, 2, 1, 5, 1, 0, 1, 0, 3, 2, 0, 1);
const labels = Uint8Array.of(0, 1, 2, 2, 0);

export const evaluation = evaluateLogits(logits, labels, {
  temperature: 1.5,
  classes: ['shirt', 'shoe', 'bag'],
});

const history = [1, 2, 3].map(
  (epoch): EpochEvent => ({
    type: 'epoch',
    phase: epoch < 3 ? 1 : 2,
    phases: 2,
    epoch: epoch < 3 ? epoch : 1,
    epochs: epoch < 3 ? 2 : 1,
    loss: 1 / epoch,
    learningRate: 0.1 / epoch,
    validation: { count: 5, correct: 4, accuracy: 0.8, loss: 0.5 },
  }),
);

export const input: ReportInput = {
  title: 'tiny-1-0123abcd',
  description: { Model: { layers: '49-5-3' }, Training: { seed: '1' } },
  history,
  evaluations: [
    { name: 'test images', evaluation },
    { name: 'validation images', evaluation },
  ],
  firstLayer: {
    weight: Float32Array.from({ length: 49 * 5 }, (_, i) => Math.sin(i)),
    inputs: 49,
    outputs: 5,
  },
  mistakes: [
    {
      index: 2,
      predicted: 0,
      actual: 2,
      confidence: 0.875,
      pixels: Uint8Array.from({ length: 49 }, (_, i) => 5 * i),
    },
  ],
};

/** One or two sets of each kind, and their refusal. */
export function measuredSets(name: string): MeasuredSets {
  const verdicts = { accepted: 3, uncertain: 1, 'not-a-digit': 1, blank: 0 };
  const set = (own: string, group: SetEvaluation['group'], writers: number | null) => ({
    name: own,
    group,
    writers,
    verdicts,
    evaluation,
  });
  const figures = { area: 0.9375, refused: 0.4375 };
  const scores = { confidence: figures, energy: figures, margin: figures };
  const mistake = { ...input.mistakes[0]!, index: 13 };
  return {
    measurements: {
      evaluations: [
        set('test images', 'test', null),
        set('shot noise', 'corruption', null),
        set('shear', 'corruption', null),
        set(name, 'drawings', 7),
      ],
      groups: [
        {
          group: 'corruption',
          sets: 2,
          count: 10,
          correct: 8,
          accuracy: 0.8,
          confusion: evaluation.confusion,
          expectedCalibrationError: 0.0123,
          verdicts: null,
        },
      ],
      refusal: {
        digitSets: ['test images', name],
        digits: 1234,
        lostShare: 0.01,
        thresholds: { confidence: 0.5, energy: 2, margin: 1 },
        sets: [{ name: 'letters', count: 5, writers: 3, verdicts, scores }],
      },
    },
    worst: [
      { name: 'test images', group: 'test', mistakes: input.mistakes },
      { name: 'shear', group: 'corruption', mistakes: [] },
      { name, group: 'drawings', mistakes: [mistake] },
      { name: 'letters', group: 'no-digits', mistakes: [{ ...mistake, actual: outlierLabel }] },
    ],
  };
}
