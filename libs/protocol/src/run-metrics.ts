// metrics.json: the configuration and the figures of a trained version in machine-readable form. It is
// written beside the model card.

import { type Static, Type } from 'typebox';
import { Sha256 } from './model.ts';

const Count = Type.Integer({ minimum: 0 });
const Fraction = Type.Number({ minimum: 0, maximum: 1 });
const Interval = Type.Object({ low: Fraction, high: Fraction });

/** Calibration figures at one temperature. */
const CalibrationFigures = Type.Object({
  temperature: Type.Number({ exclusiveMinimum: 0 }),
  /** mean, in nats */
  negativeLogLikelihood: Type.Number(),
  expectedCalibrationError: Fraction,
});

const accuracy = {
  count: Count,
  correct: Count,
  /** correct / count */
  accuracy: Fraction,
  /** of the accuracy, 95 % (Wilson) */
  interval: Interval,
};

/** The figures on the test images or on the validation samples. */
export const EvaluationFigures = Type.Object({
  /** for example 'MNIST test images' */
  name: Type.String(),
  ...accuracy,
  /** with the model's temperature */
  calibrated: CalibrationFigures,
  /** with temperature 1 */
  uncalibrated: CalibrationFigures,
});

export type EvaluationFigures = Static<typeof EvaluationFigures>;

/** The figures of one evaluation set. */
export const SetFigures = Type.Object({
  name: Type.String(),
  /** 'test', 'validation', 'corruption', 'drawings' or 'styles' */
  group: Type.String(),
  writers: Type.Union([Count, Type.Null()]),
  ...accuracy,
  expectedCalibrationError: Fraction,
  /** fraction that is rejected, null for a model without thresholds */
  refused: Type.Union([Fraction, Type.Null()]),
});

export type SetFigures = Static<typeof SetFigures>;

/** A set of outliers: images without a digit. */
const OutlierFigures = Type.Object({
  name: Type.String(),
  count: Count,
  refused: Type.Union([Fraction, Type.Null()]),
});

/** The content of metrics.json. */
export const RunMetrics = Type.Object({
  format: Type.Literal('digits-metrics/1'),
  version: Type.String(),
  /** of model.safetensors */
  sha256: Sha256,
  /** the profile, or 'fine-tune' */
  profile: Type.String(),
  seed: Type.Integer({ minimum: 0 }),
  layerSizes: Type.Array(Type.Integer({ minimum: 1 })),
  trainedOn: Type.String(),
  /** commit of the code, with a + if there were uncommitted changes; absent outside a repository */
  commit: Type.Optional(Type.String()),
  /** training options by name, as text */
  hyperparameters: Type.Record(Type.String(), Type.String()),
  /** the test images first, then the validation images */
  evaluations: Type.Array(EvaluationFigures),
  /** without the other validation samples, which depend on the recipe; absent in older files */
  validationImages: Type.Optional(EvaluationFigures),
  /** absent if only test and validation images were measured */
  sets: Type.Optional(Type.Array(SetFigures)),
  outliers: Type.Optional(Type.Array(OutlierFigures)),
});

export type RunMetrics = Static<typeof RunMetrics>;
