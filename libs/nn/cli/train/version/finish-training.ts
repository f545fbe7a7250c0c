// Completes a training: evaluates the network, saves it as a version with card, report and metrics, and
// promotes it if there is no champion.

import { join } from 'node:path';
import type { DoneEvent, UnsavedEvent } from '@digits/protocol';
import { prepareSamples } from '../../../src/data/prepare-samples.ts';
import { percent, wholeNumber } from '../../../src/evaluation/metrics/format.ts';
import {
  createLogitsOf,
  type Measurement,
  measure,
} from '../../../src/evaluation/metrics/measure.ts';
import { saveVersion } from '../../../src/registry/champion.ts';
import { encodeModel } from '../../../src/registry/model-file.ts';
import { ownFolder } from '../../../src/registry/models-folder.ts';
import type { CommandContext } from '../../shared/command.ts';
import { shownPath } from '../../shared/environment.ts';
import { describeLearntCorrections, measureCorrections } from '../corrections/corrections.ts';
import { calibrateAndEvaluate, measureAllSets, type Trained } from './evaluate-trained.ts';
import { promoteIfNoChampion } from './promote-if-no-champion.ts';
import { renderVersionFiles } from './version-files.ts';

/** Evaluates, saves and possibly promotes. @throws NnError `write-failed`; the champion is then unchanged */
export async function finishTraining(
  trained: Trained,
  print: (line: string) => void,
  context: Pick<CommandContext, 'stderr' | 'signal'>,
): Promise<DoneEvent> {
  const { options, plan, data, done } = trained;
  const training = calibrateAndEvaluate(trained);
  const test = measure(training.testLogits, training.test.labels);
  print(describeTest(data.data.test.name, test));
  const bytes = encodeModel(done.network, training.description);
  const sets = await measureAllSets(training, context);
  const name = `${plan.name}-${options.seed}`;
  const model = await saveVersion(options.out, name, bytes, file =>
    renderVersionFiles(training, sets, file),
  );
  print(
    `Written to ${shownPath(join(ownFolder(options.out), model.version))}, with card.md and report.html.`,
  );
  const corrections =
    trained.corrections === undefined
      ? null
      : measureCorrections(done.network, plan.champion, trained.corrections);
  if (corrections) print(describeLearntCorrections(corrections));
  const isChampion = data.form ? false : await promoteIfNoChampion(options, model, print);
  return { type: 'done', model, isChampion, test, validation: done.validation, corrections };
}

/** Completes a training that is not saved: measures the test images and writes nothing. */
export function finishUnsaved(
  { data, done }: Pick<Trained, 'data' | 'done'>,
  print: (line: string) => void,
): UnsavedEvent {
  const { name } = data.data.test;
  const samples = prepareSamples(data.data.test, data.form);
  const test = measure(createLogitsOf(done.network)(samples), samples.labels);
  print(describeTest(name, test));
  print('Nothing was written.');
  return { type: 'unsaved', test, validation: done.validation };
}

function describeTest(name: string, { accuracy, correct, count }: Measurement): string {
  return `${name}: ${percent(accuracy)} (${wholeNumber(correct)} of ${wholeNumber(count)})`;
}
