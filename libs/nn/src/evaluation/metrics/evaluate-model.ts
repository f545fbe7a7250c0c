// Evaluates a model on samples, for programs that use the library.

import { expectSamples, type InputValues, type Samples } from '../../data/samples.ts';
import { NnError } from '../../errors.ts';
import { expectModel, type Model } from '../../inference/model.ts';
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
 * @throws NnError `data-mismatch` for no samples, samples of another size than the model's input, labels that
 * are not its classes, or another number of names; `invalid-options` for what is not a model or samples
 */
export function evaluate(
  model: Model,
  samples: Samples<InputValues>,
  classes?: readonly string[],
): Evaluation {
  expectModel(model);
  expectSamples(samples, 'samples');
  expectMatch(model, samples, classes);
  const logitsOf = forwardPasses.get(model) ?? createLogitsOf(model.network);
  forwardPasses.set(model, logitsOf);
  const { temperature } = model;
  return evaluateLogits(logitsOf(samples), samples.labels, { temperature, classes });
}

function expectMatch(
  { layerSizes }: Model,
  { count, size, labels }: Samples<InputValues>,
  names: readonly string[] | undefined,
): void {
  const mismatch = (message: string) => new NnError('data-mismatch', message);
  const [inputs, classes] = [layerSizes[0], layerSizes.at(-1)!];
  if (count === 0) throw mismatch('there are no samples: expected at least one');
  if (size !== inputs) {
    throw mismatch(`samples of ${size} numbers for a model of ${inputs} inputs`);
  }
  const wrong = labels.findIndex(label => label >= classes);
  if (wrong !== -1) {
    throw mismatch(`label ${wrong} is ${labels[wrong]}: the model has ${classes} classes`);
  }
  if (names && names.length !== classes) {
    throw mismatch(`${names.length} names for ${classes} classes`);
  }
}
