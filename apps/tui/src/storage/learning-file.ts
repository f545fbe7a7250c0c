// What the app remembers of learning between two sessions, as one small JSON file: how long the last
// training and comparison took, and the suspect labels that the user confirmed.

import { dirname } from 'node:path';
import { makeFolder, readRegularFileSync, writeAtomically } from '@digits/files';
import type { LearningDuration } from '../state/learning/learning.ts';
import { jsonFields } from '../untrusted-text.ts';

export interface LearningMemory {
  /** `undefined` before the first training and comparison. */
  readonly trainingMs: number | undefined;
  readonly comparisonMs: number | undefined;
  /** Ids of corrections, the newest last. */
  readonly confirmed: readonly string[];
}

/** More than a person confirms; the oldest ones are forgotten. */
const maxConfirmed = 1000;

/** A thousand ids of 100 characters, and what is around them. */
const maxFileBytes = 128 * 1024;

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** @returns what the file has, or nothing if it cannot be read */
export function readLearningMemory(path: string): LearningMemory {
  const { trainingMs, comparisonMs, confirmed } = jsonFields(textOf(path));
  return {
    trainingMs: durationOf(trainingMs),
    comparisonMs: durationOf(comparisonMs),
    confirmed: Array.isArray(confirmed) ? confirmed.filter(isId).slice(-maxConfirmed) : [],
  };
}

/** @throws the error of the file system; the file is then unchanged */
export async function writeLearningMemory(path: string, memory: LearningMemory): Promise<void> {
  await makeFolder(dirname(path), { mode: 0o700 });
  const kept = { ...memory, confirmed: memory.confirmed.slice(-maxConfirmed) };
  await writeAtomically(path, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
}

/**
 * Before the first training on a machine: fine-tuning and comparing the champion of this repository on
 * two cores of 3 GHz. The number of corrections hardly matters, since few are repeated more often.
 */
const durationOnTwoCores = { trainingMs: 20_000, comparisonMs: 60_000 } as const;

/** @returns how long the next training will take: as long as the last one on this machine */
export function durationAfter({ trainingMs, comparisonMs }: LearningMemory): LearningDuration {
  return {
    trainingMs: trainingMs ?? durationOnTwoCores.trainingMs,
    comparisonMs: comparisonMs ?? durationOnTwoCores.comparisonMs,
    isMeasured: trainingMs !== undefined && comparisonMs !== undefined,
  };
}

function textOf(path: string): string {
  try {
    return `${readRegularFileSync(path, maxFileBytes)}`;
  } catch {
    return '';
  }
}

function durationOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}
