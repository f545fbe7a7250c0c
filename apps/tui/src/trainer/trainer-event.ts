// What nn:train tells with --json, a line each, as far as a person who waits wants to know it.

import type { SuspectLabels } from '../state/learning.ts';
import { printable } from '../untrusted-text.ts';
import { badOutput, type Fields, fieldsOf, isCount, isVersion } from './checked.ts';

export type TrainerEvent =
  | {
      readonly type: 'corrections';
      readonly trained: number;
      readonly heldOut: number;
      readonly suspectLabels: SuspectLabels | undefined;
    }
  | {
      readonly type: 'progress';
      /** 0…1 of the whole training */
      readonly fraction: number;
      readonly epoch: number;
      readonly epochs: number;
    }
  | { readonly type: 'done'; readonly version: string; readonly isChampion: boolean };

/** Longer than any path that a person would open. */
const maxPathCharacters = 1000;

/**
 * @returns undefined for what is of no use here
 * @throws AppError trainer-bad-output for what is no event
 */
export function parseTrainerEvent(line: string): TrainerEvent | undefined {
  const fields = fieldsOf(line);
  switch (fields['type']) {
    case 'corrections':
      return correctionsOf(fields);
    case 'batch':
      return progressOf(fields);
    case 'done':
      return doneOf(fields);
    default:
      return undefined;
  }
}

function correctionsOf({ trained, heldOut, doubtful, page }: Fields): TrainerEvent {
  const isPage = page === null || typeof page === 'string';
  if (!isCount(trained) || !isCount(heldOut) || !Array.isArray(doubtful) || !isPage) {
    throw badOutput('how many corrections there are');
  }
  const suspectLabels =
    page === null || doubtful.length === 0
      ? undefined
      : { count: doubtful.length, page: printable(page, maxPathCharacters) };
  return { type: 'corrections', trained, heldOut, suspectLabels };
}

/** Phases count alike: of them no more is told here than how many there are. */
function progressOf(fields: Fields): TrainerEvent {
  const phase = placeOf(fields['phase'], fields['phases']);
  const epoch = placeOf(fields['epoch'], fields['epochs']);
  const batch = placeOf(fields['batch'], fields['batches']);
  const inPhase = (epoch.place - 1 + batch.place / batch.of) / epoch.of;
  const fraction = (phase.place - 1 + inPhase) / phase.of;
  return { type: 'progress', fraction, epoch: epoch.place, epochs: epoch.of };
}

/** Counted from 1. */
function placeOf(place: unknown, of: unknown): { readonly place: number; readonly of: number } {
  if (isCount(place) && isCount(of) && place >= 1 && place <= of) return { place, of };
  throw badOutput('how far it is');
}

function doneOf({ model, isChampion }: Fields): TrainerEvent {
  const version =
    typeof model === 'object' && model !== null && 'version' in model && model.version;
  if (!isVersion(version) || typeof isChampion !== 'boolean') throw badOutput('a model');
  return { type: 'done', version, isChampion };
}

/**
 * @returns a function of the share that is done, 0…1, and the time, that gives the milliseconds
 *   still to go; undefined until there is something to tell it by
 */
export function createTimeEstimator(): (share: number, nowMs: number) => number | undefined {
  let first: { readonly share: number; readonly ms: number } | undefined;
  return (share, nowMs) => {
    first ??= { share, ms: nowMs };
    if (share <= first.share) return undefined;
    return ((1 - share) / (share - first.share)) * (nowMs - first.ms);
  };
}
