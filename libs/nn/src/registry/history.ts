// Reads and writes models/history.jsonl: every change of the champion with its time, reason and figures,
// one per line. Changes are recorded before they are made; interrupted ones are recognised by the
// champions of the adjacent lines.

import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { ChampionFile, readChampionFile } from './champion.ts';
import { writeAtomically } from './locked-files.ts';

const Figure = Type.Object({
  champion: Type.Union([Type.Number(), Type.Null()]),
  challenger: Type.Number(),
  unit: Type.String(),
});

const HistoryEntry = Type.Object({
  /** ISO 8601 */
  at: Type.String({ minLength: 1 }),
  /** `crown`: the first champion, without a comparison */
  action: Type.Union([Type.Literal('promote'), Type.Literal('rollback'), Type.Literal('crown')]),
  /** null if there was no readable champion */
  from: Type.Union([ChampionFile, Type.Null()]),
  to: ChampionFile,
  /** whether the gate was overridden */
  forced: Type.Boolean(),
  why: Type.Union([Type.String(), Type.Null()]),
  /** the gate's figures by name; empty if nothing was measured */
  figures: Type.Record(Type.String(), Figure),
});

/** One change of the champion. */
export type HistoryEntry = Static<typeof HistoryEntry>;

/** An entry has about a kilobyte. */
const maxHistoryBytes = 64 * 1024 * 1024;

const fileOf = (modelsFolder: string) => join(modelsFolder, 'history.jsonl');

/**
 * Reads the completed changes, oldest first.
 *
 * @throws NnError `history-corrupt`
 */
export async function readHistory(modelsFolder: string): Promise<HistoryEntry[]> {
  const file = fileOf(modelsFolder);
  const bytes = await readRegularFile(file, maxHistoryBytes).catch(cause => {
    if (cause.code === 'ENOENT') return Buffer.of();
    throw new NnError('history-corrupt', `${file} cannot be read: ${cause.message}`, { cause });
  });
  return withoutInterrupted(
    parseHistory(bytes.toString(), file),
    await findChampionFile(modelsFolder),
  );
}

/** Replaces the history. @throws NnError `write-failed`; the history is then unchanged */
export async function writeHistory(
  modelsFolder: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const lines = entries.map(entry => `${JSON.stringify(entry)}\n`);
  await writeAtomically(fileOf(modelsFolder), lines.join(''));
}

/** The content of champion.json, null if it is missing or corrupt. */
export async function findChampionFile(modelsFolder: string): Promise<ChampionFile | null> {
  return readChampionFile(modelsFolder).catch(() => null);
}

/** Whether name and digest are equal; null equals null. */
export function isSameVersion(one: ChampionFile | null, other: ChampionFile | null): boolean {
  return one?.version === other?.version && one?.sha256 === other?.sha256;
}

function parseHistory(text: string, file: string): HistoryEntry[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const entry = parseJson(line);
    if (Value.Check(HistoryEntry, entry)) return [entry];
    throw new NnError(
      'history-corrupt',
      `${file}:${i + 1} is not an entry: ${line.slice(0, 100)}: remove the line, or the file`,
    );
  });
}

/** Removes interrupted changes: those after which the champion was still the previous one. */
function withoutInterrupted(
  entries: readonly HistoryEntry[],
  champion: ChampionFile | null,
): HistoryEntry[] {
  return entries.filter(({ from, to }, i) => {
    const next = entries[i + 1];
    const found = next ? next.from : champion;
    return isSameVersion(found, to) || !isSameVersion(found, from);
  });
}

/**
 * The champions that successive rollbacks would restore, the next one first. Champions that a rollback
 * skipped are excluded, so that the next rollback goes further back.
 *
 * @param entries completed changes, oldest first
 */
export function earlierChampions(
  entries: readonly HistoryEntry[],
  champion: ChampionFile | null,
): ChampionFile[] {
  const line: ChampionFile[] = [];
  // How often each version is in the line, so that a rollback to none of them does not search it.
  const counts = new Map<string, number>();
  const count = (version: ChampionFile, change: number) => {
    const key = `${version.version} ${version.sha256}`;
    return counts.set(key, (counts.get(key) ?? 0) + change).get(key)!;
  };
  const append = (version: ChampionFile | null) => {
    if (!version || isSameVersion(line.at(-1) ?? null, version)) return;
    line.push(version);
    count(version, 1);
  };
  for (const { action, from, to } of entries) {
    append(from);
    if (action === 'rollback' && count(to, 0) > 0) {
      while (!isSameVersion(line.at(-1)!, to)) count(line.pop()!, -1);
    }
    append(to);
  }
  // champion.json was edited by hand: the last recorded champion is the one before it.
  append(champion);
  if (champion) line.pop();
  return line.reverse();
}
