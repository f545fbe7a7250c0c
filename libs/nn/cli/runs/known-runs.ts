// The trainings that a models folder knows of, finished or not, as far as their files tell.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { NnError } from '../../src/errors.ts';
import { findChampionFile } from '../../src/registry/history.ts';
import { decodeSafetensors } from '../../src/registry/safetensors.ts';
import { listVersions } from '../../src/registry/versions.ts';
import { readCardTables } from '../../src/report/card-tables.ts';
import type { EpochEvent } from '../../src/training/events.ts';
import { describeVersion, type KnownFacts, unknownFacts } from './run-facts.ts';

export interface KnownRun extends KnownFacts {
  readonly version: string;
  /** ISO 8601, when its file was written */
  readonly at: string;
  readonly isFinished: boolean;
  readonly isChampion: boolean;
  readonly epochs: number;
  /** share of the validation pictures that it read right in the end; null where unknown */
  readonly validation: number | null;
  readonly history: readonly EpochEvent[];
  /** why its file cannot be used; null where it can */
  readonly problem: string | null;
}

const count = Type.Integer({ minimum: 0 });
const epoch = Compile(
  Type.Object({
    type: Type.Literal('epoch'),
    phase: count,
    phases: count,
    epoch: count,
    epochs: count,
    loss: Type.Number(),
    learningRate: Type.Number(),
    validation: Type.Object({
      count,
      correct: count,
      accuracy: Type.Number(),
      loss: Type.Number(),
    }),
  }),
);

/** Newest first. */
export async function listRuns(modelsFolder: string): Promise<KnownRun[]> {
  const champion = await findChampionFile(modelsFolder);
  const versions = await listVersions(modelsFolder);
  const unfinished = await readdir(join(modelsFolder, '.runs')).catch((): string[] => []);
  const runs = await Promise.all([
    ...versions.map(version => readVersion(modelsFolder, version, champion?.version === version)),
    ...unfinished.map(name => readUnfinished(modelsFolder, name)),
  ]);
  return runs.filter(run => run !== null).sort((a, b) => (a.at < b.at ? 1 : -1));
}

async function readVersion(
  modelsFolder: string,
  version: string,
  isChampion: boolean,
): Promise<KnownRun | null> {
  const folder = join(modelsFolder, version);
  const read = await readMetadata(join(folder, 'model.safetensors'));
  if (read === null) return null;
  const text = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');
  const history = parseHistory((await text('training.jsonl')).split('\n').map(parseJson));
  const tables = readCardTables(await text('card.md'));
  return {
    ...describeVersion(version, read.metadata, tables),
    version,
    at: read.at,
    isFinished: true,
    isChampion,
    history,
    ...sumUp(history),
    problem: read.problem,
  };
}

/** A run that goes on, or was cut off; null where it left no checkpoint. */
async function readUnfinished(modelsFolder: string, name: string): Promise<KnownRun | null> {
  const file = join(modelsFolder, '.runs', name, 'checkpoint.safetensors');
  const read = await readMetadata(file);
  if (read === null) return null;
  const { history: told } = { history: [], ...(parseJson(read.metadata['progress']) as object) };
  const history = parseHistory(Array.isArray(told) ? told : []);
  return {
    ...unknownFacts(name),
    version: name,
    at: read.at,
    isFinished: false,
    isChampion: false,
    history,
    ...sumUp(history),
    problem: read.problem,
  };
}

/** Null where there is no such file; nothing but the problem where it is not whole. */
async function readMetadata(file: string) {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  const at = (await stat(file)).mtime.toISOString();
  try {
    return { at, metadata: decodeSafetensors(bytes).metadata, problem: null };
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    return { at, metadata: {} as Readonly<Record<string, string>>, problem: error.code };
  }
}

/** Passes over what is no epoch. */
function parseHistory(values: readonly unknown[]): EpochEvent[] {
  return values.filter(value => epoch.Check(value));
}

function sumUp(history: readonly EpochEvent[]) {
  return { epochs: history.length, validation: history.at(-1)?.validation.accuracy ?? null };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
