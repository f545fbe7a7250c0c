// Creates metrics.json: the configuration and the figures of a trained version in machine-readable form.
// The model card is rendered from the same values.

import type { EvaluationFigures, RunMetrics, SetFigures } from '@digits/protocol';
import type { Calibration } from '../evaluation/metrics/calibration.ts';
import type { NamedEvaluation } from '../evaluation/metrics/evaluation.ts';
import { refusedFraction } from '../evaluation/metrics/refusal.ts';
import type { SetEvaluation } from '../evaluation/sets/set-evaluation.ts';
import type { CardInput } from './card.ts';

/** The part of a model card that metrics.json contains, and the identity of the run. */
export interface MetricsInput
  extends Pick<
    CardInput,
    'version' | 'description' | 'hyperparameters' | 'commit' | 'evaluations' | 'measurements'
  > {
  /** of model.safetensors, lower-case hexadecimal */
  readonly sha256: string;
  /** name of the profile, or 'fine-tune' */
  readonly profile: string;
  readonly validationImages: NamedEvaluation;
}

/** Creates the content of metrics.json, whose schema is `RunMetrics` in libs/protocol. */
export function metricsOf({
  description,
  evaluations,
  validationImages,
  measurements,
  ...run
}: MetricsInput): RunMetrics {
  const { layerSizes, seed, trainedOn } = description;
  return {
    format: 'digits-metrics/1',
    version: run.version,
    sha256: run.sha256,
    profile: run.profile,
    seed: Number(seed),
    layerSizes: [...layerSizes],
    trainedOn,
    ...(run.commit !== undefined && { commit: run.commit }),
    hyperparameters: { ...run.hyperparameters },
    evaluations: evaluations.map(evaluationFigures),
    validationImages: evaluationFigures(validationImages),
    ...(measurements && { sets: measurements.evaluations.map(setFigures) }),
    ...(measurements?.refusal && {
      outliers: measurements.refusal.sets.map(({ name, count, verdicts }) => ({
        name,
        count,
        refused: refusedFraction(verdicts),
      })),
    }),
  };
}

function evaluationFigures({ name, evaluation }: NamedEvaluation): EvaluationFigures {
  const { count, correct, accuracy, interval, calibrated, uncalibrated } = evaluation;
  return {
    name,
    count,
    correct,
    accuracy,
    interval,
    calibrated: calibrationFigures(calibrated),
    uncalibrated: calibrationFigures(uncalibrated),
  };
}

/** The calibration figures without the bins. */
function calibrationFigures(calibration: Calibration): EvaluationFigures['calibrated'] {
  const { temperature, negativeLogLikelihood, expectedCalibrationError } = calibration;
  return { temperature, negativeLogLikelihood, expectedCalibrationError };
}

function setFigures({ name, group, writers, verdicts, evaluation }: SetEvaluation): SetFigures {
  const { count, correct, accuracy, interval, calibrated } = evaluation;
  return {
    name,
    group,
    writers,
    count,
    correct,
    accuracy,
    interval,
    expectedCalibrationError: calibrated.expectedCalibrationError,
    refused: refusedFraction(verdicts),
  };
}
