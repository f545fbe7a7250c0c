// From the options of a training to its samples: loads and prepares the data, and selects the corrections.

import type { SynthesisEvent } from '@digits/protocol';
import { listOf } from '../../src/evaluation/metrics/format.ts';
import { loadChampion } from '../../src/registry/champion.ts';
import {
  areDigits,
  describeForm,
  type LoadedData,
  loadDrawings,
  loadImages,
  type SourceOptions,
} from '../shared/sources.ts';
import {
  correctionsEvent,
  describeCorrections,
  type FetchedCorrections,
  leaveOutSuspects,
  type TrainingCorrections,
} from './corrections/corrections.ts';
import { prepareTrainingData, type TrainingData } from './data/load-training-data.ts';
import { thinOut } from './data/preparation-step.ts';
import { type Run, writeEvent } from './run.ts';

/** Loads and prepares the data, reporting the progress from the beginning. */
export async function loadAndPrepare(run: Run): Promise<TrainingData> {
  const { options, plan, report, control } = run;
  const { signal } = control;
  const writeSome = thinOut(event => writeEvent(run, event));
  const onProgress = (event: SynthesisEvent) => {
    report.showSynthesis(event);
    writeSome(event);
  };
  onProgress({ type: 'synthesis', step: 'images', done: 0, of: null });
  const { data, form } = run.images ?? { data: await loadImages(null), form: undefined };
  const loaded = { data, form, ...(await loadDrawings(options)) };
  signal.throwIfAborted();
  for (const line of [...describeRun(run), ...describeImages(options, loaded)]) report.print(line);
  return prepareTrainingData(options, plan, loaded, { onProgress, signal });
}

function describeRun({ options, kernels, plan }: Run): string[] {
  const { initial, teachers } = plan;
  const versions = teachers.map(({ version }) => version);
  return [
    `${plan.configuration.layerSizes.join('-')} · profile ${plan.name}, seed ${options.seed}, ` +
      `kernels ${kernels.description}, threads: ${options.threads}`,
    ...(initial ? [`Starts from the weights of ${initial.version}.`] : []),
    ...(versions.length > 0 ? [`Learns the predictions of ${listOf(versions)} as well.`] : []),
  ];
}

/** Describes how the images of --data are used. */
function describeImages(options: SourceOptions, { data, form }: LoadedData): string[] {
  if (!form && areDigits(options)) return [];
  if (!form) {
    return [
      'Ten classes of images of 28×28 are taken as digits, and preprocessed as those of MNIST; ' +
        '--class-names <file> uses them as they are.',
    ];
  }
  const { firstLabel, classes } = form;
  const found = new Set(data.training.labels);
  const absent = classes.filter((_, label) => !found.has(label));
  return [
    `Not digits in the form of MNIST's, but ${describeForm(form)}: used as they are, without synthetic ` +
      'digits, outliers and rejection thresholds. The network cannot be the champion.',
    ...(firstLabel === 0
      ? []
      : [`No label is 0: the classes are counted from label ${firstLabel}.`]),
    ...(absent.length === 0 ? [] : [`Classes without a training image: ${listOf(absent)}.`]),
  ];
}

/** Excludes suspect labels and reports the corrections that are trained on. */
export async function selectCorrections(
  run: Run,
  fetched: FetchedCorrections,
  { training }: TrainingData,
): Promise<TrainingCorrections> {
  const { options, plan, folder, report } = run;
  const champion = plan.champion ?? (await loadChampion(options.out).catch(() => undefined));
  if (!champion) {
    report.print(
      'There is no champion to check the labels with, so all corrections are trained on.',
    );
  }
  const suspicion = { champion, training, folder: folder.path };
  const corrections = await leaveOutSuspects(fetched, options, suspicion);
  for (const line of describeCorrections(corrections)) report.print(line);
  writeEvent(run, correctionsEvent(corrections));
  return corrections;
}
