// Renders the files beside a trained model: ONNX model, training curve, report, card and metrics.

import { listMistakes, pictureMistakes } from '../../../src/evaluation/metrics/mistakes.ts';
import type { MeasuredSets } from '../../../src/evaluation/sets/measure-sets.ts';
import type { ChampionFile } from '../../../src/registry/champion.ts';
import { encodeOnnx } from '../../../src/registry/onnx/encode-onnx.ts';
import { renderCard } from '../../../src/report/card.ts';
import { metricsOf } from '../../../src/report/metrics.ts';
import { sha256Of } from '../../../src/sha256.ts';
import { describeCommand } from '../plan/options.ts';
import {
  currentCommit,
  describeConfiguration,
  describeData,
  describeModel,
  digestsOf,
  trainingLines,
} from './describe-training.ts';
import type { EvaluatedTraining } from './evaluate-trained.ts';

/** Maximum number of mistakes in the report. */
const maxMistakes = 48;

/**
 * Renders all files, by file name.
 *
 * @param sets undefined if only test and validation images were measured
 */
export async function renderVersionFiles(
  training: EvaluatedTraining,
  sets: MeasuredSets | undefined,
  model: ChampionFile,
): Promise<Record<string, Uint8Array | string>> {
  const { options, plan, done, description, evaluations } = training;
  const { version, sha256 } = model;
  const onnx = encodeOnnx(done.network, description);
  const run = {
    version,
    description,
    hyperparameters: describeConfiguration(training),
    commit: await currentCommit(),
    evaluations,
    measurements: sets?.measurements,
  };
  const metrics = metricsOf({
    ...run,
    sha256,
    profile: plan.name,
    validationImages: training.validationImages,
  });
  return {
    'model.onnx': onnx,
    'training.jsonl': trainingLines(training).join(''),
    'report.html': await renderTrainingReport(training, sets, model),
    'card.md': renderCard({
      ...run,
      data: describeData(training),
      command: describeCommand(options),
      files: { 'model.safetensors': sha256, 'model.onnx': sha256Of(onnx) },
    }),
    'metrics.json': `${JSON.stringify(metrics, null, 2)}\n`,
  };
}

async function renderTrainingReport(
  training: EvaluatedTraining,
  sets: MeasuredSets | undefined,
  { version, sha256 }: ChampionFile,
): Promise<string> {
  const { data, done, description, test, testLogits, evaluations } = training;
  const { temperature } = description;
  // Loaded on demand, because loading the plotting library is slow.
  const { renderReport } = await import('../../../src/report/report.ts');
  const mistakes = listMistakes(testLogits, test.labels, { maxMistakes, temperature });
  return renderReport({
    title: version,
    description: {
      Model: { ...describeModel(description), 'SHA-256': sha256 },
      Training: describeConfiguration(training),
      Data: digestsOf(data),
    },
    history: done.history,
    evaluations,
    firstLayer: done.network.layers[0]!,
    columns: description.form?.columns,
    mistakes: pictureMistakes(mistakes, test),
    ...(sets && { sets }),
  });
}
