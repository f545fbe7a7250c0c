// Completes a training: evaluates the network, saves it as a version with card, report and metrics, and
// promotes it if there is no champion.

import { join } from 'node:path';
import type { DoneEvent } from '@digits/protocol';
import { percent, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import { measure } from '../../src/evaluation/metrics/measure.ts';
import { saveVersion } from '../../src/registry/champion.ts';
import { encodeModel } from '../../src/registry/model-file.ts';
import { ownFolder } from '../../src/registry/models-folder.ts';
import type { CommandContext } from '../shared/command.ts';
import { shownPath } from '../shared/environment.ts';
import { describeLearntCorrections, measureCorrections } from './corrections.ts';
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
  print(
    `${data.data.test.name}: ${percent(test.accuracy)} ` +
      `(${wholeNumber(test.correct)} of ${wholeNumber(test.count)})`,
  );
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
  const isChampion = await promoteIfNoChampion(options, model, print);
  return { type: 'done', model, isChampion, test, validation: done.validation, corrections };
}
