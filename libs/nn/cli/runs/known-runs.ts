// Lists the trainings of a models folder, finished or not, from their files.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { EpochEvent, RunMetrics } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import { NnError } from '../../src/errors.ts';
import { parseJson } from '../../src/parse-json.ts';
import { findChampionFile } from '../../src/registry/history.ts';
import { decodeSafetensors } from '../../src/registry/safetensors.ts';
import { listVersions } from '../../src/registry/versions.ts';
import { factsOfName, factsOfVersion, type RunFacts } from './run-facts.ts';

/** A finished or unfinished training. */
export interface KnownRun extends RunFacts {
  readonly version: string;
  /** modification time of its model or checkpoint, in ISO 8601 */
  readonly at: string;
  readonly isFinished: boolean;
  readonly isChampion: boolean;
  readonly epochs: number;
  /** accuracy on the validation samples after the last epoch; null if unknown */
  readonly validation: number | null;
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
export async function listRuns(modelsFolder: string): Promise<KnownRun[]> {
  const champion = await findChampionFile(modelsFolder);
  const versions = await listVersions(modelsFolder);
  const unfinished = await readdir(join(modelsFolder, '.runs')).catch((): string[] => []);
  // One after the other, because each can have a gigabyte.
  const runs: (KnownRun | undefined)[] = [];
  for (const version of versions) {
    runs.push(await readVersion(modelsFolder, version, champion?.version === version));
  }
  for (const name of unfinished) runs.push(await readUnfinished(modelsFolder, name));
  return runs.filter(run => run !== undefined).sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** @returns undefined for a folder without a model */
async function readVersion(
  modelsFolder: string,
  version: string,
  isChampion: boolean,
): Promise<KnownRun | undefined> {
  const folder = join(modelsFolder, version);
  const read = await readMetadata(join(folder, 'model.safetensors'));
  if (read === undefined) return undefined;
  const text = (name: string) =>
    readRegularFile(join(folder, name), maxTextBytes).then(String, () => '');
  const history = parseHistory((await text('training.jsonl')).split('\n').map(parseJson));
  const metrics = parseJson(await text('metrics.json'));
  return {
    ...factsOfVersion(version, read.metadata, metricsSchema.Check(metrics) ? metrics : undefined),
    version,
    at: read.at,
    isFinished: true,
    isChampion,
    ...summarize(history),
    problem: read.problem,
  };
}

/** Reads a running or interrupted training. @returns undefined if it has no checkpoint */
async function readUnfinished(modelsFolder: string, name: string): Promise<KnownRun | undefined> {
  const file = join(modelsFolder, '.runs', name, 'checkpoint.safetensors');
  const read = await readMetadata(file);
  if (read === undefined) return undefined;
  const progress = { history: [], ...(parseJson(read.metadata['progress'] ?? '') as object) };
  return {
    ...factsOfName(name),
    version: name,
    at: read.at,
    isFinished: false,
    isChampion: false,
    ...summarize(parseHistory(Array.isArray(progress.history) ? progress.history : [])),
    problem: read.problem,
  };
}

/** @returns undefined if there is no such file; empty metadata if it is corrupt */
async function readMetadata(file: string) {
  const bytes = await readRegularFile(file, maxTensorBytes).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const at = (await stat(file)).mtime.toISOString();
  try {
    return { at, metadata: decodeSafetensors(bytes).metadata, problem: null };
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    return { at, metadata: {} as Readonly<Record<string, string>>, problem: error.code };
  }
}

/** Returns the epoch events and skips everything else. */
function parseHistory(values: readonly unknown[]): EpochEvent[] {
  return values.filter(value => epochSchema.Check(value));
}

function summarize(history: readonly EpochEvent[]) {
  const validation = history.at(-1)?.validation.accuracy ?? null;
  return { history, epochs: history.length, validation };
}
