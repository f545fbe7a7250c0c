// From the options of a training to its samples: loads and prepares the data, and selects the corrections.

import type { SynthesisEvent } from '@digits/protocol';
import { loadChampion } from '../../src/registry/champion.ts';
import { loadData } from '../shared/sources.ts';
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
  const loaded = await loadData(options);
  signal.throwIfAborted();
  for (const line of describeRun(run)) report.print(line);
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

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
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
