// What a comparison was of, as SHA-256 digests, and the reuse of an earlier comparison: it holds as long
// as both models and everything that the sets are made from are the same.

import { readRegularFile } from '@digits/files';
import { type ComparedDigests, GateResult } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import type { Correction } from '../../src/data/corrections.ts';
import { NnError } from '../../src/errors.ts';
import type { GateRow } from '../../src/evaluation/gate/gate-row.ts';
import { parseJson } from '../../src/parse-json.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { sha256Of } from '../../src/sha256.ts';
import type { LoadedSources } from '../shared/sources.ts';

/** The part of an earlier result that is reused; the verdict is derived from the rows again. */
export interface EarlierComparison {
  readonly digests: ComparedDigests;
  readonly rows: readonly GateRow[];
}

/** A result of 500 rows, the maximum, has some 200 KB. */
const maxResultBytes = 1 << 20;

const gateResult = Compile(GateResult);

/**
 * Reads the document of an earlier nn:promote --json.
 *
 * @returns undefined for a result without a comparison
 * @throws NnError `data-missing` if the file cannot be read, `data-corrupt` if it is not such a document
 */
export async function readEarlierComparison(file: string): Promise<EarlierComparison | undefined> {
  const bytes = await readRegularFile(file, maxResultBytes).catch(cause => {
    throw new NnError('data-missing', `${file} cannot be read: ${cause.message}`, { cause });
  });
  const result = parseJson(bytes.toString());
  if (!gateResult.Check(result)) {
    throw new NnError(
      'data-corrupt',
      `${file} is not a result of the gate: expected the document of nn:promote --json`,
    );
  }
  const { digests, rows } = result;
  // Without rows nothing would stop a promotion.
  if (digests === null || rows.length === 0) return undefined;
  return { digests, rows: rows as GateRow[] };
}

/** Whether two comparisons are of the same models on the same sets. */
export function isSameComparison(one: ComparedDigests, other: ComparedDigests): boolean {
  return (
    one.challenger === other.challenger &&
    one.champion === other.champion &&
    one.sets === other.sets
  );
}

/**
 * The digest of everything that the sets are made from. The seed and the preprocessing determine the
 * rest, as long as the program is the same.
 *
 * @param heldOut undefined without --feedback
 */
export function digestOfSets(
  { sources: { data, drawn, seed }, strokes, pictures }: LoadedSources,
  heldOut: readonly Correction[] | undefined,
): string {
  const content = {
    seed,
    preprocessing,
    data: Object.entries(data.digests).sort(),
    isDrawn: drawn !== null,
    strokes: strokes.map(({ name, sha256 }) => [name, sha256]),
    pictures: pictures.map(({ name, digests }) => [name, Object.entries(digests).sort()]),
    corrections: heldOut?.map(({ sha256, label, inputs }) => [sha256, label, sha256Of(inputs)]),
  };
  return sha256Of(Buffer.from(JSON.stringify(content)));
}
