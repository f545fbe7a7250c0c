// What is done with a trained network: measured on what it never saw, written down with all that is
// known of it, and made the champion where there is none.

import { relative } from 'node:path';
import { prepareSamples } from '../../src/data/prepare-samples.ts';
import type { Samples } from '../../src/data/samples.ts';
import { evaluateLogits, type NamedEvaluation } from '../../src/evaluation/metrics/evaluation.ts';
import { percent, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import { createLogitsOf, type Measurement, measure } from '../../src/evaluation/metrics/measure.ts';
import { listMistakes, pictureMistakes } from '../../src/evaluation/metrics/mistakes.ts';
import { fitRejectionThresholds } from '../../src/evaluation/metrics/rejection-thresholds.ts';
import { fitTemperature } from '../../src/evaluation/metrics/temperature.ts';
import { evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { type MeasuredSets, measureSets } from '../../src/evaluation/sets/measure-sets.ts';
import type { ModelDescription } from '../../src/inference/model.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { type ChampionFile, saveVersion } from '../../src/registry/champion.ts';
import { encodeModel } from '../../src/registry/model-file.ts';
import { encodeOnnx } from '../../src/registry/onnx.ts';
import { renderCard } from '../../src/report/card.ts';
import { metricsOf } from '../../src/report/metrics.ts';
import { sha256Of } from '../../src/sha256.ts';
import { loadedSources } from '../shared/evaluation-sources.ts';
import { finishSteps } from '../shared/run-generator.ts';
import { describeLearning, type Learning, measureLearning } from './correction-figures.ts';
import type { TrainingCorrections } from './corrections.ts';
import {
  currentCommit,
  describeConfiguration,
  describeData,
  describeModel,
  digestsOf,
  linesOf,
} from './describe-training.ts';
import type { KeptTraining } from './limit-forgetting.ts';
import type { TrainingData } from './load-training-data.ts';
import { describeCommand, type TrainingCommandOptions } from './options.ts';
import type { TrainingPlan } from './plan.ts';
import { promoteIfNoChampion } from './promote-if-no-champion.ts';

/** Shown in the report; more are hardly looked at. */
const picturedMistakes = 48;

export interface TrainingResult {
  readonly model: ChampionFile;
  readonly isChampion: boolean;
  /** of the test images */
  readonly test: Measurement;
  readonly validation: Measurement;
  /** null where there were no corrections to learn */
  readonly corrections: Learning | null;
}

/** A training that is over, and all that went into it. */
export interface Trained extends KeptTraining {
  readonly options: TrainingCommandOptions;
  readonly plan: TrainingPlan;
  readonly data: TrainingData;
  readonly corrections: TrainingCorrections | null;
}

/** Everything that the files beside a model are made from. */
interface Finished extends Trained {
  readonly description: ModelDescription;
  readonly test: Samples;
  readonly testLogits: Float32Array;
  /** the test images first: they are what a reader looks for */
  readonly evaluations: readonly [NamedEvaluation, NamedEvaluation];
}

/** What is measured besides, which takes a while: everything that nn:evaluate measures. */
interface Measured extends Finished {
  readonly sets: MeasuredSets | undefined;
}

/** @throws NnError `write-failed`; the old champion then still stands */
export async function finishTraining(
  trained: Trained,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<TrainingResult> {
  const { options, plan, data, done } = trained;
  const finished = describeTraining(trained);
  const { test, testLogits, description } = finished;
  const measured = measure(testLogits, test.labels);
  say(
    `${data.data.test.name}: ${percent(measured.accuracy)} ` +
      `(${wholeNumber(measured.correct)} of ${wholeNumber(measured.count)})`,
  );
  const bytes = encodeModel(done.network, description);
  const name = `${plan.name}-${options.seed}`;
  const sets = await measureAllSets(finished, signal);
  const model = await saveVersion(options.out, name, bytes, version =>
    renderCompanions({ ...finished, sets }, version),
  );
  say(
    `Written to ${relative('', `${options.out}/${model.version}`)}, with card.md and report.html.`,
  );
  const corrections =
    trained.corrections && measureLearning(done.network, plan, trained.corrections);
  if (corrections) say(describeLearning(corrections));
  const isChampion = await promoteIfNoChampion(options, model, say);
  return { model, isChampion, test: measured, validation: done.validation, corrections };
}

function describeTraining(trained: Trained): Finished {
  const { options, plan, done } = trained;
  const { data, images, shown, strokes, validation, noDigits } = trained.data;
  const { network } = done;
  const logitsOf = createLogitsOf(network);
  const test = prepareSamples(data.test);
  const testLogits = logitsOf(test);
  const validationLogits = logitsOf(validation);
  const temperature = fitTemperature(validationLogits, validation.labels);
  const evaluate = (name: string, logits: Float32Array, { labels }: Samples) => ({
    name,
    evaluation: evaluateLogits(logits, labels, { temperature }),
  });
  const { count, correct } = measure(testLogits, test.labels);
  return {
    ...trained,
    description: {
      layerSizes: plan.configuration.layerSizes,
      preprocessing,
      temperature,
      seed: String(options.seed),
      trainedOn: [
        `${data.training.name}, ${shown < images.count ? `${shown} of ` : ''}the first ${images.count}`,
        ...strokes.map(({ name }) => `pen strokes ${name}, three of every five writers`),
        ...(trained.corrections ? [`${trained.corrections.trained.length} corrections`] : []),
        ...plan.teachers.map(({ version }) => `the answers of ${version}`),
        ...(plan.champion ? [`begun with the weights of ${plan.champion.version}`] : []),
      ].join('; '),
      acceptance: fitRejectionThresholds(validationLogits, validation.labels, {
        temperature,
        outliers: noDigits.count > 0 ? logitsOf(noDigits) : undefined,
      }),
      accuracy: { data: data.test.name, count, correct },
    },
    test,
    testLogits,
    evaluations: [
      evaluate(data.test.name, testLogits, test),
      evaluate('validation pictures', validationLogits, validation),
    ],
  };
}

/** Not for trainings that are over in less time than that. */
async function measureAllSets(
  { options, data, done, description: { temperature, acceptance } }: Finished,
  signal: AbortSignal,
): Promise<MeasuredSets | undefined> {
  if (options.profile === 'quick' || options.feedback !== null) return undefined;
  const { sources } = loadedSources(options.data, data.data, data.strokes);
  const measuring = measureSets(
    { logitsOf: createLogitsOf(done.network), temperature, acceptance },
    evaluationSets(sources),
  );
  return finishSteps(measuring, 'measured', process.stderr, signal);
}

async function renderCompanions(
  finished: Measured,
  { version, sha256 }: ChampionFile,
): Promise<Record<string, Uint8Array | string>> {
  const { options, data, done, description, test, testLogits, evaluations, sets } = finished;
  const onnx = encodeOnnx(done.network, description);
  // The plotting library takes a while to load, and is not needed before.
  const { renderReport } = await import('../../src/report/report.ts');
  const hyperparameters = describeConfiguration(finished);
  const run = {
    version,
    description,
    hyperparameters,
    commit: await currentCommit(),
    evaluations,
    measurements: sets?.measurements,
  };
  return {
    'model.onnx': onnx,
    'training.jsonl': linesOf(finished).join(''),
    'report.html': await renderReport({
      title: version,
      description: {
        Model: { ...describeModel(description), 'SHA-256': sha256 },
        Training: hyperparameters,
        Data: digestsOf(data),
      },
      history: done.history,
      evaluations,
      firstLayer: done.network.layers[0]!,
      mistakes: pictureMistakes(
        listMistakes(testLogits, test.labels, {
          maxMistakes: picturedMistakes,
          temperature: description.temperature,
        }),
        test,
      ),
      ...(sets && { sets }),
    }),
    'metrics.json': `${JSON.stringify(metricsOf({ ...run, sha256, profile: finished.plan.name }), null, 2)}\n`,
    'card.md': renderCard({
      ...run,
      data: describeData(finished),
      command: describeCommand(options),
      files: { 'model.safetensors': sha256, 'model.onnx': sha256Of(onnx) },
    }),
  };
}
