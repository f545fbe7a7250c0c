// Corrections in a training: fetches them, holds out one in five, excludes suspect labels that were not
// confirmed, and measures before and after the training how many are classified correctly.

import type { CorrectionsEvent, DoneEvent, SuspectLabel } from '@digits/protocol';
import { shownAddress } from '@digits/protocol/address';
import {
  type Correction,
  isHeldOut,
  loadCorrections,
  repetitionsOf,
  samplesOfCorrections,
} from '../../../src/data/corrections.ts';
import { firstSamples, joinSamples, type Samples } from '../../../src/data/samples.ts';
import type { Network } from '../../../src/engine/network.ts';
import {
  type SuspectLabel as FoundSuspect,
  findSuspectLabels,
} from '../../../src/evaluation/corrections/suspect-labels.ts';
import { wholeNumber } from '../../../src/evaluation/metrics/format.ts';
import { createLogitsOf, measure } from '../../../src/evaluation/metrics/measure.ts';
import type { LoadedModel } from '../../../src/registry/champion.ts';
import { NothingToDo } from '../../shared/command.ts';
import { feedbackSource, fetchOptions } from '../../shared/environment.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';
import { writeSuspectLabels } from './suspect-label-files.ts';

/** Number of training images to compare corrections with. */
export const comparedImages = 3000;

/** Corrections, split into those to train on and those held out. */
export interface FetchedCorrections {
  readonly source: string;
  readonly learnable: readonly Correction[];
  /** never trained on */
  readonly heldOut: readonly Correction[];
}

/** Corrections after the check for suspect labels. */
export interface TrainingCorrections extends FetchedCorrections {
  readonly trained: readonly Correction[];
  readonly suspects: readonly SuspectLabel[];
  /** path of the page that shows the suspect labels, null if there are none */
  readonly page: string | null;
}

/** How many corrections are classified correctly, before and after the training. */
export type LearntCorrections = NonNullable<DoneEvent['corrections']>;

/**
 * Fetches and splits the corrections.
 *
 * @returns undefined without --feedback
 * @throws NothingToDo if there are none to train on; NnError what `loadCorrections` throws
 */
export async function fetchCorrections(
  options: TrainingCommandOptions,
  signal: AbortSignal,
): Promise<FetchedCorrections | undefined> {
  const fetched = await splitCorrections(options, signal);
  if (fetched === undefined || fetched.learnable.length > 0) return fetched;
  const { source, heldOut } = fetched;
  throw new NothingToDo(
    'data-missing',
    heldOut.length === 0
      ? `${source} has no corrections: correct a prediction first`
      : `every correction of ${source} is held out, as one in five is: correct more`,
  );
}

/** Does the same, but there may be none to train on. */
export async function splitCorrections(
  { feedback }: Pick<TrainingCommandOptions, 'feedback'>,
  signal: AbortSignal,
): Promise<FetchedCorrections | undefined> {
  if (feedback === null) return undefined;
  const source = feedbackSource(feedback);
  const all = await loadCorrections(source, fetchOptions(signal));
  return {
    source: shownAddress(source),
    learnable: all.filter(({ sha256 }) => !isHeldOut(sha256)),
    heldOut: all.filter(({ sha256 }) => isHeldOut(sha256)),
  };
}

/** The inputs of the check for suspect labels. */
export interface SuspectLabelCheck {
  /** the model whose predictions are compared with the labels; without it no label is suspect */
  readonly champion: LoadedModel | undefined;
  /** all other training samples, images first */
  readonly training: Samples;
  /** run folder, for the files of the suspect labels */
  readonly folder: string;
}

/**
 * Excludes corrections with suspect labels that were not confirmed, and writes their files.
 *
 * @throws NothingToDo if none remain; NnError `write-failed`
 */
export async function leaveOutSuspects(
  fetched: FetchedCorrections,
  options: Pick<TrainingCommandOptions, 'confirm'>,
  { folder, ...check }: SuspectLabelCheck,
): Promise<TrainingCorrections> {
  const { trained, suspects } = separateSuspects(fetched, options, check);
  const { page, records } = await writeSuspectLabels(folder, suspects);
  if (trained.length > 0) return { ...fetched, trained, suspects: records, page };
  throw new NothingToDo(
    'data-missing',
    `the labels of all corrections to learn are suspect: see ${page}, and confirm the correct ones ` +
      'with --confirm',
  );
}

/** Separates the corrections to train on from those with suspect labels that were not confirmed. */
export function separateSuspects(
  { learnable }: FetchedCorrections,
  { confirm }: Pick<TrainingCommandOptions, 'confirm'>,
  { champion, training }: Omit<SuspectLabelCheck, 'folder'>,
): { readonly trained: readonly Correction[]; readonly suspects: readonly FoundSuspect[] } {
  const isConfirmed = (id: string) => confirm === 'all' || confirm.includes(id);
  const known = firstSamples(training, comparedImages);
  const found = champion ? findSuspectLabels(learnable, champion.model, known) : [];
  const suspects = found.filter(({ id, why }) => why === 'contradicted' || !isConfirmed(id));
  const suspectIds = new Set(suspects.map(({ id }) => id));
  return { trained: learnable.filter(({ id }) => !suspectIds.has(id)), suspects };
}

/** Adds the corrections to the other training samples, repeated as `repetitionsOf` says. */
export function joinCorrections(training: Samples, { trained }: TrainingCorrections): Samples {
  const corrections = samplesOfCorrections(trained);
  const times = repetitionsOf(trained.length, training.count);
  return joinSamples(training, ...Array.from({ length: times }, () => corrections));
}

/** The event about corrections in nn:train --json. */
export function correctionsEvent(corrections: TrainingCorrections): CorrectionsEvent {
  const { source, learnable, trained, heldOut, suspects, page } = corrections;
  return {
    type: 'corrections',
    source,
    count: learnable.length + heldOut.length,
    trained: trained.length,
    heldOut: heldOut.length,
    doubtful: [...suspects],
    page,
  };
}

/** Describes the corrections in lines for the terminal. */
export function describeCorrections({
  trained,
  heldOut,
  suspects,
  page,
}: TrainingCorrections): string[] {
  return [
    `Corrections: ${wholeNumber(trained.length)} to learn, ${wholeNumber(heldOut.length)} held out, ` +
      `${wholeNumber(suspects.length)} with suspect labels`,
    ...suspects.map(describeSuspect),
    ...(page === null
      ? []
      : [`  left out: see ${page}, and confirm the correct ones with --confirm`]),
  ];
}

function describeSuspect({
  id,
  label,
  why,
  said: predicted,
  neighbours,
  companions,
}: SuspectLabel): string {
  return (
    `  ${id} is labelled ${label}${why === 'contradicted' ? ', but has a newer label' : ''}; ` +
    `predicted ${predicted}, similar images ${neighbours.join(' ')}, similar corrections ` +
    `${companions.join(' ')}`
  );
}

/**
 * Counts the correctly classified corrections before and after the training.
 *
 * @param champion that the training started from; undefined for random weights
 */
export function measureCorrections(
  network: Network,
  champion: LoadedModel | undefined,
  { trained, heldOut, suspects }: TrainingCorrections,
): LearntCorrections {
  const measureBoth = (corrections: readonly Correction[]) => ({
    count: corrections.length,
    before: champion ? countCorrect(champion.model.network, corrections) : null,
    after: countCorrect(network, corrections),
  });
  return {
    trained: measureBoth(trained),
    heldOut: measureBoth(heldOut),
    doubtful: suspects.length,
  };
}

function countCorrect(network: Network, corrections: readonly Correction[]): number {
  if (corrections.length === 0) return 0;
  const samples = samplesOfCorrections(corrections);
  return measure(createLogitsOf(network)(samples), samples.labels).correct;
}

/** Describes the counts in a line for the terminal. */
export function describeLearntCorrections({ trained, heldOut }: LearntCorrections): string {
  const describe = ({ count, before, after }: LearntCorrections['trained']) =>
    `${after} of ${count}${before === null ? '' : ` (before: ${before})`}`;
  return (
    `Corrections classified correctly: ${describe(trained)} trained on, ` +
    `${describe(heldOut)} held out.`
  );
}
