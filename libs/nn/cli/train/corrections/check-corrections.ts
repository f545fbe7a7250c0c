// nn:train --feedback --dry-run: from how many corrections a training would learn, and which of them have
// suspect labels. It trains and writes nothing.

import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loadChampion } from '../../../src/registry/champion.ts';
import { type CommandContext, textStream, writeJsonLine } from '../../shared/command.ts';
import { loadFirstImages } from '../data/load-training-data.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';
import type { TrainingPlan } from '../plan/plan.ts';
import {
  comparedImages,
  correctionsEvent,
  describeCorrections,
  separateSuspects,
  splitCorrections,
  type TrainingCorrections,
} from './corrections.ts';
import { recordOf } from './suspect-label-files.ts';

/**
 * Checks the corrections as the training would, with the same champion and the same images.
 *
 * @throws NnError what `loadCorrections` throws, and `data-missing`, `data-corrupt`, `data-mismatch`
 */
export async function checkCorrections(
  options: TrainingCommandOptions,
  plan: TrainingPlan,
  kernels: Kernels,
  context: CommandContext,
): Promise<void> {
  const fetched = await splitCorrections(options, context.signal);
  if (fetched === undefined) return;
  const champion =
    plan.champion ?? (await loadChampion(options.out, kernels).catch(() => undefined));
  const training = await loadFirstImages(options, plan, comparedImages);
  const { trained, suspects } = separateSuspects(fetched, options, { champion, training });
  const records = suspects.map(suspect => recordOf(suspect, null));
  const corrections: TrainingCorrections = { ...fetched, trained, suspects: records, page: null };
  const text = textStream(context, options.json);
  for (const line of describeCorrections(corrections)) text.write(`${line}\n`);
  text.write('A dry run trains nothing.\n');
  if (options.json) writeJsonLine(context, correctionsEvent(corrections));
}
