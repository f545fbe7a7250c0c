// Lists the trainings of a models folder, finished or not, from their files.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { EpochEvent, RunMetrics } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import { NnError } from '../../src/errors.ts';
import { parseJson } from '../../src/parse-json.ts';
import { findChampionFile, readHistory } from '../../src/registry/history.ts';
import { layersOf, type ModelsFolder } from '../../src/registry/models-folder.ts';
import { decodeSafetensors } from '../../src/registry/safetensors.ts';
import { listVersions } from '../../src/registry/versions.ts';
import { nameOfUnknownSamples } from '../shared/validation-set.ts';
import { factsOfName, factsOfVersion, type RunFacts } from './run-facts.ts';

/** A finished or unfinished training. */
export interface KnownRun extends RunFacts {
  readonly version: string;
  /** when it was written, or became the champion of its folder, in ISO 8601; null if neither is known */
  readonly at: string | null;
  readonly isFinished: boolean;
  readonly isChampion: boolean;
  /** whether it is below one's own models */
  readonly isShipped: boolean;
  readonly epochs: number;
  readonly history: readonly EpochEvent[];
  /** error code of a file that cannot be used; null if it can */
  readonly problem: string | null;
}

const epochSchema = Compile(EpochEvent);
const metricsSchema = Compile(RunMetrics);

/** Maximum size of a model or a checkpoint. */
const maxTensorBytes = 1024 * 1024 * 1024;

/** Maximum size of a training's text files, which have some kilobytes. */
const maxTextBytes = 16 * 1024 * 1024;

/** Lists all trainings, newest first. */
export async function listRuns(modelsFolder: ModelsFolder): Promise<KnownRun[]> {
  const champion = await findChampionFile(modelsFolder);
  const runs = new Map<string, KnownRun>();
  for (const [layer, folder] of layersOf(modelsFolder).entries()) {
    const isShipped = layer > 0;
    const promoted = await firstPromotions(folder);
    for (const { writtenAt, ...run } of await listFolder(folder, champion?.version)) {
      // Shipped files are as old as the installation. Files of a clone or a copy are so, too, but not known
      // as such: the earlier time is the better one.
      const times = [promoted.get(run.version), isShipped ? undefined : writtenAt];
      const at = times.filter(time => time !== undefined).sort()[0] ?? null;
      if (!runs.has(run.version)) runs.set(run.version, { ...run, at, isShipped });
    }
  }
  return [...runs.values()].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
}

/** The time of the first promotion of each version, as far as it is known. */
async function firstPromotions(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readHistory(folder).catch(() => []);
  return new Map(entries.reverse().map(({ to, at }) => [to.version, at]));
}

/** A training in a single folder. */
interface FolderRun extends Omit<KnownRun, 'isShipped' | 'at'> {
  /** modification time of its model or checkpoint */
  readonly writtenAt: string;
}

async function listFolder(folder: string, champion: string | undefined): Promise<FolderRun[]> {
  const versions = await listVersions(folder);
  const unfinished = await readdir(join(folder, '.runs')).catch((): string[] => []);
  // One after the other, because each can have a gigabyte.
  const runs: (FolderRun | undefined)[] = [];
  for (const version of versions) {
    runs.push(await readVersion(folder, version, champion === version));
  }
  for (const name of unfinished) runs.push(await readUnfinished(folder, name));
  return runs.filter(run => run !== undefined);
}

/** @returns undefined for a folder without a model */
async function readVersion(
  modelsFolder: string,
  version: string,
  isChampion: boolean,
): Promise<FolderRun | undefined> {
  const folder = join(modelsFolder, version);
  const read = await readMetadata(join(folder, 'model.safetensors'));
  if (read === undefined) return undefined;
  const text = (name: string) =>
    readRegularFile(join(folder, name), maxTextBytes).then(String, () => '');
  const history = parseHistory((await text('training.jsonl')).split('\n').map(parseJson));
  const metrics = parseJson(await text('metrics.json'));
  const known = metricsSchema.Check(metrics) ? metrics : undefined;
  return {
    ...withHistory(factsOfVersion(version, read.metadata, known), history),
    version,
    writtenAt: read.writtenAt,
    isFinished: true,
    isChampion,
    problem: read.problem,
  };
}

/** Reads a running or interrupted training. @returns undefined if it has no checkpoint */
async function readUnfinished(modelsFolder: string, name: string): Promise<FolderRun | undefined> {
  const file = join(modelsFolder, '.runs', name, 'checkpoint.safetensors');
  const read = await readMetadata(file);
  if (read === undefined) return undefined;
  const progress = { history: [], ...(parseJson(read.metadata['progress'] ?? '') as object) };
  const history = parseHistory(Array.isArray(progress.history) ? progress.history : []);
  const samples = read.metadata['validation'] ?? null;
  return {
    ...withHistory({ ...factsOfName(name), samples }, history),
    version: name,
    writtenAt: read.writtenAt,
    isFinished: false,
    isChampion: false,
    problem: read.problem,
  };
}

/** @returns undefined if there is no such file; empty metadata if it is corrupt */
async function readMetadata(file: string) {
  const bytes = await readRegularFile(file, maxTensorBytes).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const writtenAt = (await stat(file)).mtime.toISOString();
  try {
    return { writtenAt, metadata: decodeSafetensors(bytes).metadata, problem: null };
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    return { writtenAt, metadata: {} as Readonly<Record<string, string>>, problem: error.code };
  }
}

/** Returns the epoch events and skips everything else. */
function parseHistory(values: readonly unknown[]): EpochEvent[] {
  return values.filter(value => epochSchema.Check(value));
}

/** Adds the epochs, and the figures of the last one where there are no better ones. */
function withHistory(facts: RunFacts, history: readonly EpochEvent[]) {
  const last = history.at(-1)?.validation;
  const samples = facts.samples ?? (last ? nameOfUnknownSamples(last.count) : null);
  const validation = last && samples !== null ? { accuracy: last.accuracy, set: samples } : null;
  return {
    ...facts,
    samples,
    validation: facts.validation ?? validation,
    history,
    epochs: history.length,
  };
}
