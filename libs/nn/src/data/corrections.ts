// What people said is on pictures that the service was shown: the pictures as the network sees them,
// with their labels. A share of them is held out for ever, chosen by nothing but the picture.

import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { NnError } from '../errors.ts';
import { inkBytes, inputSide, networkInputs } from '../preprocess/picture.ts';
import { preprocess, preprocessing } from '../preprocess/preprocess.ts';
import {
  type CorrectionFiles,
  type FetchOptions,
  readCorrectionFiles,
} from './correction-files.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';
import type { Samples } from './samples.ts';

export interface Correction {
  readonly id: string;
  /** of the file that was sent: the same picture has the same */
  readonly sha256: string;
  /** 0…9, the newest that the picture was given */
  readonly label: number;
  /** how the picture came to its label: 'correction', 'practice', … */
  readonly source: string;
  /** [784] ink, 0…255 */
  readonly inputs: Uint8Array;
  /** other labels that the same picture was given before */
  readonly contradicted: readonly ContradictedLabel[];
}

export interface ContradictedLabel {
  readonly id: string;
  readonly label: number;
}

const line = Compile(
  Type.Object({
    index: Type.Integer({ minimum: 0 }),
    // Files are named after it.
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' }),
    label: Type.Integer({ minimum: 0, maximum: 9 }),
    source: Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }),
    input: Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
    // Always as long, so that these sort as text.
    createdAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
    preprocessing: Type.Optional(Type.String({ maxLength: 100 })),
  }),
);

interface Entry extends Omit<Correction, 'contradicted'> {
  readonly createdAt: string;
}

/**
 * One correction for each picture, in the order in which the pictures first came.
 *
 * @param source address of a service, a .tar file of its export in the format idx, or a folder
 * @returns none where there is none
 * @throws NnError `data-missing`, `data-corrupt`; the signal's reason when it is aborted
 */
export async function loadCorrections(
  source: string,
  options: FetchOptions = {},
): Promise<Correction[]> {
  return settle(parseCorrections(await readCorrectionFiles(source, options)));
}

/**
 * One in five, by the first four bytes of the picture's hash as a big-endian number: what is never
 * trained on, whoever trains and when, and shows whether anything was learnt.
 */
export function isHeldOut(sha256: string): boolean {
  return Number.parseInt(sha256.slice(0, 8), 16) % 5 === 0;
}

export function samplesOfCorrections(corrections: readonly Correction[]): Samples {
  const count = corrections.length;
  const inputs = new Uint8Array(count * networkInputs);
  for (const [i, correction] of corrections.entries()) {
    inputs.set(correction.inputs, i * networkInputs);
  }
  return {
    count,
    size: networkInputs,
    inputs,
    labels: Uint8Array.from(corrections, ({ label }) => label),
  };
}

function parseCorrections({ images, labels, manifest }: CorrectionFiles): Entry[] {
  const { count, rows, columns, pixels } = parseIdxImages(images.bytes, images.name);
  const classes = parseIdxLabels(labels.bytes, labels.name);
  const lines = Buffer.from(manifest.bytes).toString('utf8').split('\n').filter(isFilled);
  if (classes.length !== count || lines.length !== count) {
    throw corrupt(
      images.name,
      `${count} pictures, ${classes.length} labels and ${lines.length} lines of ` +
        `${manifest.name}: expected as many of each`,
    );
  }
  if (count > 0 && (rows !== inputSide || columns !== inputSide)) {
    throw corrupt(
      images.name,
      `pictures of ${rows}×${columns}, expected ${inputSide}×${inputSide}`,
    );
  }
  return lines.map((json, i) => {
    const place = `${manifest.name}:${i + 1}`;
    const told = parseLine(json, place);
    if (told.index !== i || told.label !== classes[i]) {
      throw corrupt(
        place,
        `index ${told.index} and label ${told.label}, expected ${i} and ${classes[i]}`,
      );
    }
    const { id, label, source, input, createdAt } = told;
    const picture = pixels.subarray(i * networkInputs, (i + 1) * networkInputs);
    const inputs = see(picture, told.preprocessing);
    if (inputs) return { id, sha256: input.sha256, label, source, createdAt, inputs };
    throw corrupt(place, 'its picture is blank');
  });
}

function isFilled(text: string): boolean {
  return text.trim() !== '';
}

function parseLine(json: string, place: string) {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {}
  if (line.Check(value)) return value;
  throw corrupt(
    place,
    'no correction, expected {"index", "id", "label": 0…9, "source", "input": {"sha256"}, "createdAt", …}',
  );
}

/** As today's network sees a picture that was made ready by `by`; null for a blank one. */
function see(picture: Uint8Array, by: string | undefined): Uint8Array | undefined {
  if (by === preprocessing) {
    return picture.some(value => value > 0) ? Uint8Array.from(picture) : undefined;
  }
  const ink = preprocess({ width: inputSide, height: inputSide, channels: 1, data: picture });
  return ink && inkBytes(ink);
}

/** The newest label of each picture counts. */
function settle(entries: readonly Entry[]): Correction[] {
  const byPicture = Map.groupBy(
    entries.toSorted((a, b) => compare(a.createdAt, b.createdAt)),
    ({ sha256 }) => sha256,
  );
  return [...byPicture.values()].map(same => {
    const { createdAt: _, ...newest } = same.at(-1)!;
    const others = same.filter(({ label }) => label !== newest.label);
    return { ...newest, contradicted: others.map(({ id, label }) => ({ id, label })) };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function corrupt(place: string, what: string): NnError {
  return new NnError('data-corrupt', `${place}: ${what}`);
}
