// The corrections that a training is given: fetched, cut in what is learnt and what is held out, and
// rid of those whose label looks wrong, unless someone has confirmed it.

import {
  type Correction,
  isHeldOut,
  loadCorrections,
  samplesOfCorrections,
} from '../../src/data/corrections.ts';
import { firstSamples, joinSamples, type Samples } from '../../src/data/samples.ts';
import { repetitionsOf } from '../../src/evaluation/corrections/repetitions.ts';
import { findSuspectLabels } from '../../src/evaluation/corrections/suspect-labels.ts';
import { wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { LoadedModel } from '../../src/registry/champion.ts';
import { NothingToDo } from '../shared/command.ts';
import { feedbackSource, fetchOptions } from '../shared/feedback-source.ts';
import type { TrainingCommandOptions } from './options.ts';
import { type DoubtfulFile, writeDoubtful } from './suspect-label-files.ts';

/** Pictures with labels that nobody doubts, to tell by what a correction is like. */
const knownPictures = 3000;

export interface FetchedCorrections {
  readonly source: string;
  readonly learnable: readonly Correction[];
  /** never trained on */
  readonly heldOut: readonly Correction[];
}

export interface TrainingCorrections extends FetchedCorrections {
  readonly trained: readonly Correction[];
  readonly doubtful: readonly DoubtfulFile[];
  /** where a person can see the doubtful ones */
  readonly page: string | null;
}

/**
 * @returns null where none are asked for
 * @throws NothingToDo where there is none to learn; NnError what `loadCorrections` throws
 */
export async function fetchCorrections(
  { feedback }: TrainingCommandOptions,
  signal: AbortSignal,
): Promise<FetchedCorrections | null> {
  if (feedback === null) return null;
  const source = feedbackSource(feedback);
  const all = await loadCorrections(source, fetchOptions(signal));
  const learnable = all.filter(({ sha256 }) => !isHeldOut(sha256));
  if (learnable.length > 0) {
    return { source, learnable, heldOut: all.filter(({ sha256 }) => isHeldOut(sha256)) };
  }
  throw new NothingToDo(
    'data-missing',
    all.length === 0
      ? `${source} has no corrections: correct an answer first`
      : `all ${all.length} corrections of ${source} are held out, as one in five is: correct more`,
  );
}

/**
 * @param champion who doubts; nobody where there is none
 * @param training what else is trained on, images first
 * @param folder of the run, for what is doubtful
 * @throws NothingToDo where all are doubtful; NnError `write-failed`
 */
export async function judgeCorrections(
  fetched: FetchedCorrections,
  { confirm }: TrainingCommandOptions,
  champion: LoadedModel | null,
  training: Samples,
  folder: string,
): Promise<TrainingCorrections> {
  const isConfirmed = (id: string) => confirm === 'all' || confirm.includes(id);
  const doubtful = champion
    ? findSuspectLabels(
        fetched.learnable,
        champion.model,
        firstSamples(training, knownPictures),
      ).filter(({ id, why }) => why === 'contradicted' || !isConfirmed(id))
    : [];
  const left = new Set(doubtful.map(({ id }) => id));
  const trained = fetched.learnable.filter(({ id }) => !left.has(id));
  const { page, files } = await writeDoubtful(folder, doubtful);
  if (trained.length > 0) return { ...fetched, trained, doubtful: files, page };
  throw new NothingToDo(
    'data-missing',
    `all ${doubtful.length} corrections to learn look wrong: see ${page}, and name those that are ` +
      'right with --confirm',
  );
}

/** The corrections joined to what else is trained on, often enough to matter. */
export function joinCorrections(training: Samples, { trained }: TrainingCorrections): Samples {
  const corrections = samplesOfCorrections(trained);
  const times = repetitionsOf(trained.length, training.count);
  return joinSamples(training, ...Array.from({ length: times }, () => corrections));
}

export function describeCorrections(corrections: TrainingCorrections): string[] {
  const { trained, heldOut, doubtful, page } = corrections;
  return [
    `Corrections: ${wholeNumber(trained.length)} to learn, ${wholeNumber(heldOut.length)} held out, ` +
      `${wholeNumber(doubtful.length)} doubtful`,
    ...doubtful.map(
      ({ id, label, why, said, neighbours, companions }) =>
        `  ${id} is labelled ${label}${why === 'contradicted' ? ', but has a newer label' : ''}; ` +
        `read as ${said}, like ${neighbours.join(' ')}, of the corrections like ${companions.join(' ')}`,
    ),
    ...(page === null
      ? []
      : [`  left out: see ${page}, and name those that are right with --confirm`]),
  ];
}
