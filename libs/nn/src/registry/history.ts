// Reads and writes history.jsonl: every change of the champion with its time, reason and figures,
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
import { type ModelsFolder, ownFolder, shippedFolder } from './models-folder.ts';

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

/** Of layered folders only one's own has a history that is read. */
export function historyFileIn(modelsFolder: ModelsFolder): string {
  return join(ownFolder(modelsFolder), 'history.jsonl');
}

/**
 * Reads the completed changes, oldest first.
 *
 * @throws NnError `history-corrupt`
 */
export async function readHistory(modelsFolder: ModelsFolder): Promise<HistoryEntry[]> {
  const file = historyFileIn(modelsFolder);
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
  modelsFolder: ModelsFolder,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const lines = entries.map(entry => `${JSON.stringify(entry)}\n`);
  await writeAtomically(historyFileIn(modelsFolder), lines.join(''));
}

/** The content of champion.json, null if it is missing or corrupt. */
export async function findChampionFile(modelsFolder: ModelsFolder): Promise<ChampionFile | null> {
  return readChampionFile(modelsFolder).catch(() => null);
}

/** Whether name and digest are equal; null equals null. */
export function isSameVersion(one: ChampionFile | null, other: ChampionFile | null): boolean {
  return one?.version === other?.version && one?.sha256 === other?.sha256;
}

/**
 * The shipped champion, if one's own hides it and it came after all recorded changes, with a pull or an
 * update: no version in the history was compared with it.
 *
 * @throws NnError `history-corrupt`
 */
export async function findNewShippedChampion(
  modelsFolder: ModelsFolder,
): Promise<ChampionFile | null> {
  const shipped = shippedFolder(modelsFolder);
  if (shipped === undefined) return null;
  const champion = await findChampionFile(shipped);
  if (isSameVersion(champion, await findChampionFile(modelsFolder))) return null;
  const entries = await readHistory(modelsFolder);
  const isKnown = entries.some(({ from, to }) =>
    [from, to].some(version => isSameVersion(version, champion)),
  );
  return isKnown ? null : champion;
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
  const append = (version: ChampionFile | null) => {
    if (version && !isSameVersion(line.at(-1) ?? null, version)) line.push(version);
  };
  for (const { action, from, to } of entries) {
    append(from);
    // A rollback to a version that was never the champion leads to the shipped one, below all others.
    while (action === 'rollback' && line.length > 0 && !isSameVersion(line.at(-1)!, to)) line.pop();
    append(to);
  }
  // champion.json was edited by hand: the last recorded champion is the one before it.
  append(champion);
  if (champion) line.pop();
  return line.reverse();
}
