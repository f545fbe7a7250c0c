// models/history.jsonl: who replaced whom as the champion, when, why, and with what figures; one
// change a line. A change is written down before it is made, so what is in the file may not have
// happened: the champion itself says how it ended.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import { ChampionFile, readChampionFile } from './champion.ts';
import { writeAtomically } from './write-atomically.ts';

const Figure = Type.Object({
  champion: Type.Union([Type.Number(), Type.Null()]),
  challenger: Type.Number(),
  unit: Type.String(),
});

const HistoryEntry = Type.Object({
  /** ISO 8601 */
  at: Type.String({ minLength: 1 }),
  /** `crown`: the first one, which there was nothing to compare with */
  action: Type.Union([Type.Literal('promote'), Type.Literal('rollback'), Type.Literal('crown')]),
  /** null where there was none, or none that could be read */
  from: Type.Union([ChampionFile, Type.Null()]),
  to: ChampionFile,
  /** against the gate */
  forced: Type.Boolean(),
  why: Type.Union([Type.String(), Type.Null()]),
  /** by name; empty where nothing was measured */
  figures: Type.Record(Type.String(), Figure),
});

export type HistoryEntry = Static<typeof HistoryEntry>;

const fileOf = (modelsFolder: string) => join(modelsFolder, 'history.jsonl');

/**
 * The changes that were carried out, first to last.
 *
 * @throws NnError `history-corrupt`
 */
export async function readHistory(modelsFolder: string): Promise<HistoryEntry[]> {
  const file = fileOf(modelsFolder);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    throw new NnError('history-corrupt', `${file} cannot be read: ${cause.message}`, { cause });
  });
  return keepCarriedOut(parseHistory(text, file), await findChampionFile(modelsFolder));
}

/** @throws NnError `write-failed`; the history before is then still there */
export async function writeHistory(
  modelsFolder: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const lines = entries.map(entry => `${JSON.stringify(entry)}\n`);
  await writeAtomically(fileOf(modelsFolder), lines.join(''));
}

/** What champion.json says, or null where it says nothing that can be used. */
export async function findChampionFile(modelsFolder: string): Promise<ChampionFile | null> {
  return readChampionFile(modelsFolder).catch(() => null);
}

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
      `${file}:${i + 1} is no entry: ${line.slice(0, 100)}: take the line out, or the file away`,
    );
  });
}

/** Undefined, which is no entry either, where it is no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Leaves out a change that was cut off: what came after it still found the champion before. */
function keepCarriedOut(
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
 * Who would take over, one rollback after the other: the nearest first. A rollback takes back what
 * it went over, so that the next one goes further.
 *
 * @param entries carried out
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
    if (action === 'rollback') cutAfter(line, to);
    append(to);
  }
  // Changed by other hands since: it stands on the last one that is known.
  append(champion);
  if (champion) line.pop();
  return line.reverse();
}

function cutAfter(line: ChampionFile[], version: ChampionFile): void {
  const at = line.findLastIndex(one => isSameVersion(one, version));
  if (at !== -1) line.length = at + 1;
}
