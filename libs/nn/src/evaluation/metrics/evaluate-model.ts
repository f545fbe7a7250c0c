// Evaluates a model on samples, for programs that use the library.

import type { InputValues, Samples } from '../../data/samples.ts';
import type { Model } from '../../inference/model.ts';
import { type Evaluation, evaluateLogits } from './evaluation.ts';
import { createLogitsOf, type LogitsOf } from './measure.ts';

/** Kernel memory is never freed: one forward pass for each model. */
const forwardPasses = new WeakMap<Model, LogitsOf>();

/**
 * Measures a model on samples that it was not trained on.
 *
 *     const { accuracy, interval, confusion } = evaluate(model, test);
 *
 * @param samples at least one; every label is a class of the model
 * @param classes names of the classes, for the figures of each; their numbers by default
 * @throws RangeError for samples of another size than the model's input, labels that are not its classes, or
 * another number of names
 */
export function evaluate(
  model: Model,
  samples: Samples<InputValues>,
  classes?: readonly string[],
): Evaluation {
  const [inputs] = model.layerSizes;
  if (samples.size !== inputs) {
    throw new RangeError(`samples of ${samples.size} numbers for a model of ${inputs} inputs`);
  }
  const logitsOf = forwardPasses.get(model) ?? createLogitsOf(model.network);
  forwardPasses.set(model, logitsOf);
  const { temperature } = model;
  return evaluateLogits(logitsOf(samples), samples.labels, {
    temperature,
    ...(classes && { classes }),
  });
}
