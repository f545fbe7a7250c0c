// Evaluates a trained network: fits temperature and rejection thresholds on the validation samples, then
// measures the network on the test images and the validation samples.

import { splitInOrder } from '../../../src/data/pictures.ts';
import { prepareSamples } from '../../../src/data/prepare-samples.ts';
import { firstSamples, type Samples } from '../../../src/data/samples.ts';
import {
  evaluateLogits,
  type NamedEvaluation,
} from '../../../src/evaluation/metrics/evaluation.ts';
import { createLogitsOf, measure } from '../../../src/evaluation/metrics/measure.ts';
import { fitRejectionThresholds } from '../../../src/evaluation/metrics/rejection-thresholds.ts';
import { fitTemperature } from '../../../src/evaluation/metrics/temperature.ts';
import { evaluationSets } from '../../../src/evaluation/sets/evaluation-sets.ts';
import { type MeasuredSets, measureSets } from '../../../src/evaluation/sets/measure-sets.ts';
import type { ModelDescription } from '../../../src/inference/model.ts';
import { noPreprocessing, preprocessing } from '../../../src/preprocess/preprocess.ts';
import { brieflyMeasured } from '../../../src/training/profiles.ts';
import type { CommandContext } from '../../shared/command.ts';
import { dataName, evaluationSources } from '../../shared/sources.ts';
import { runGenerator } from '../../shared/terminal.ts';
import { nameOfValidationImages, nameOfValidationSamples } from '../../shared/validation-set.ts';
import type { TrainingCorrections } from '../corrections/corrections.ts';
import type { LimitedTraining } from '../corrections/limit-forgetting.ts';
import type { TrainingData } from '../data/load-training-data.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';
import type { TrainingPlan } from '../plan/plan.ts';

/** A finished training with its options and data. */
export interface Trained extends LimitedTraining {
  readonly options: TrainingCommandOptions;
  readonly plan: TrainingPlan;
  readonly data: TrainingData;
  readonly corrections: TrainingCorrections | undefined;
}

/** A finished training with the description and the figures of its network. */
export interface EvaluatedTraining extends Trained {
  readonly description: ModelDescription;
  readonly test: Samples;
  readonly testLogits: Float32Array;
  /** of the test images, then of the validation samples */
  readonly evaluations: readonly [NamedEvaluation, NamedEvaluation];
  /** the first of the validation samples; comparable between trainings of different recipes */
  readonly validationImages: NamedEvaluation;
}

/** Fits temperature and thresholds on the validation samples, and evaluates the network with them. */
export function calibrateAndEvaluate(trained: Trained): EvaluatedTraining {
  const { data, form, validation, validationImages, outliers } = trained.data;
  const name = dataName(trained.options.data);
  const logitsOf = createLogitsOf(trained.done.network);
  const test = prepareSamples(data.test, form);
  const testLogits = logitsOf(test);
  const validationLogits = logitsOf(validation);
  const temperature = fitTemperature(validationLogits, validation.labels);
  const evaluate = (name: string, logits: Float32Array, { labels }: Pick<Samples, 'labels'>) => ({
    name,
    evaluation: evaluateLogits(logits, labels, { temperature, classes: form?.classes }),
  });
  const { count, correct } = measure(testLogits, test.labels);
  return {
    ...trained,
    description: {
      layerSizes: trained.plan.configuration.layerSizes,
      preprocessing: form ? noPreprocessing : preprocessing,
      temperature,
      seed: String(trained.options.seed),
      trainedOn: describeTrainingSet(trained),
      // An image of other data is no drawing that may show nothing.
      acceptance: form
        ? null
        : fitRejectionThresholds(validationLogits, validation.labels, {
            temperature,
            outliers: outliers.count > 0 ? logitsOf(outliers) : undefined,
          }),
      accuracy: { data: data.test.name, count, correct },
      ...(form && { form }),
    },
    test,
    testLogits,
    evaluations: [
      evaluate(data.test.name, testLogits, test),
      evaluate(
        nameOfValidationSamples(name, validationImages, validation.count),
        validationLogits,
        validation,
      ),
    ],
    validationImages: evaluate(
      nameOfValidationImages(name),
      validationLogits.subarray(0, validationImages * (validationLogits.length / validation.count)),
      firstSamples(validation, validationImages),
    ),
  };
}

/** The entry `trainedOn` of the model file. */
function describeTrainingSet({ data: given, corrections, plan }: Trained): string {
  const { data, images, used, strokes, pictures } = given;
  return [
    `${data.training.name}, ${used < images.count ? `${used} of ` : ''}the first ${images.count}`,
    ...strokes.map(({ name }) => `pen strokes ${name}, seven of every ten writers`),
    ...pictures.map(
      folder =>
        `pictures ${folder.name}, the first ${splitInOrder(folder).training.count} of ` +
        `${folder.pictures.count}`,
    ),
    ...(corrections ? [`${corrections.trained.length} corrections`] : []),
    ...plan.teachers.map(({ version }) => `the predictions of ${version}`),
    ...(plan.initial ? [`initial weights of ${plan.initial.version}`] : []),
  ].join('; ');
}

/**
 * Measures all sets of nn:evaluate, which takes longer than a short training.
 *
 * @returns undefined for profiles that are measured briefly and for trainings on corrections
 * @throws the signal's reason when it is aborted
 */
export async function measureAllSets(
  { options, data, done, description: { temperature, acceptance } }: EvaluatedTraining,
  { stderr, signal }: Pick<CommandContext, 'stderr' | 'signal'>,
): Promise<MeasuredSets | undefined> {
  if (brieflyMeasured.has(options.profile) || options.feedback !== null) return undefined;
  const { sources } = evaluationSources(options, data);
  const measuring = measureSets(
    {
      logitsOf: createLogitsOf(done.network),
      temperature,
      acceptance,
      classes: data.form?.classes,
    },
    evaluationSets(sources),
  );
  return runGenerator(measuring, { verb: 'measured', stream: stderr, signal });
}
