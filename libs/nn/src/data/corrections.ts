// Corrections: pictures sent to a service, as network inputs with the labels that users gave them. One
// in five, chosen by the picture's hash, is held out of every training.

import { ManifestLine } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import { NnError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { inkBytes, inputSide, networkInputs } from '../preprocess/picture.ts';
import { preprocess, preprocessing } from '../preprocess/preprocess.ts';
import {
  type CorrectionFiles,
  type FetchOptions,
  readCorrectionFiles,
} from './correction-files.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';
import type { Samples } from './samples.ts';

/** A picture with its current label. */
export interface Correction {
  readonly id: string;
  /** of the uploaded file: the same picture has the same hash */
  readonly sha256: string;
  /** 0…9, the newest label of the picture */
  readonly label: number;
  /** origin of the label: 'correction', 'practice', … */
  readonly source: string;
  /** [784] ink 0…255 */
  readonly inputs: Uint8Array;
  /** earlier labels of the same picture that differ from the current one */
  readonly contradicted: readonly ContradictedLabel[];
}

/** An earlier label of a picture that has a different label now. */
export interface ContradictedLabel {
  readonly id: string;
  readonly label: number;
}

interface LabelledInput extends Omit<Correction, 'contradicted'> {
  readonly createdAt: string;
}

/**
 * Loads one correction for each picture, in the order in which the pictures were first stored.
 *
 * @param source URL of a service, or path of a .tar file or folder with its export in format idx
 * @returns an empty array for an empty export
 * @throws NnError `data-missing`, `data-corrupt`; the signal's reason when it is aborted
 */
export async function loadCorrections(
  source: string,
  options: FetchOptions = {},
): Promise<Correction[]> {
  return withNewestLabels(parseCorrections(await readCorrectionFiles(source, options)));
}

/**
 * Whether a picture is held out: one in five, by the first four bytes of its hash as a big-endian
 * number. The same pictures are held out of every training, so that they measure generalisation.
 */
export function isHeldOut(sha256: string): boolean {
  return Number.parseInt(sha256.slice(0, 8), 16) % 5 === 0;
}

/** Converts corrections to samples, in the same order. */
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

function parseCorrections({ images, labels, manifest }: CorrectionFiles): LabelledInput[] {
  const { count, rows, columns, pixels } = parseIdxImages(images.bytes, images.name);
  const classes = parseIdxLabels(labels.bytes, labels.name);
  const lines = Buffer.from(manifest.bytes).toString('utf8').split('\n').filter(isFilled);
  if (classes.length !== count || lines.length !== count) {
    throw corrupt(
      images.name,
      `${count} pictures, ${classes.length} labels and ${lines.length} lines of ` +
        `${manifest.name}: expected equal numbers`,
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
    const line = parseLine(json, place);
    if (line.index !== i || line.label !== classes[i]) {
      throw corrupt(
        place,
        `index ${line.index} and label ${line.label}, expected ${i} and ${classes[i]}`,
      );
    }
    const { id, label, source, input, createdAt } = line;
    const picture = pixels.subarray(i * networkInputs, (i + 1) * networkInputs);
    const inputs = toNetworkInput(picture, line.preprocessing);
    if (inputs) return { id, sha256: input.sha256, label, source, createdAt, inputs };
    throw corrupt(place, 'the picture is blank');
  });
}

function isFilled(text: string): boolean {
  return text.trim() !== '';
}

const manifestLine = Compile(ManifestLine);

function parseLine(json: string, place: string): ManifestLine {
  const value = parseJson(json);
  if (manifestLine.Check(value)) return value;
  throw corrupt(
    place,
    'not a correction, expected {"index", "id", "label": 0…9, "source", "input": {"sha256"}, "createdAt", …}',
  );
}

/**
 * Preprocesses a picture again unless it was made by the current preprocessing.
 *
 * @param madeBy name of the preprocessing that made the picture
 * @returns [784] ink 0…255; undefined for a blank picture
 */
function toNetworkInput(picture: Uint8Array, madeBy: string | undefined): Uint8Array | undefined {
  if (madeBy === preprocessing) {
    return picture.some(value => value > 0) ? Uint8Array.from(picture) : undefined;
  }
  const ink = preprocess({ width: inputSide, height: inputSide, channels: 1, data: picture });
  return ink && inkBytes(ink);
}

/** Merges the entries of each picture: the newest label is current, different ones are listed. */
function withNewestLabels(entries: readonly LabelledInput[]): Correction[] {
  const byPicture = Map.groupBy(
    entries.toSorted((a, b) => compareText(a.createdAt, b.createdAt)),
    ({ sha256 }) => sha256,
  );
  return [...byPicture.values()].map(same => {
    const { createdAt: _, ...newest } = same.at(-1)!;
    const others = same.filter(({ label }) => label !== newest.label);
    return { ...newest, contradicted: others.map(({ id, label }) => ({ id, label })) };
  });
}

/** Times in ISO 8601 of equal length sort as text. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function corrupt(place: string, what: string): NnError {
  return new NnError('data-corrupt', `${place}: ${what}`);
}

/** Corrections in an epoch relative to all other images. */
const correctionFraction = 0.3;

/** Limit of the repetitions of a few corrections, each augmented differently; more overfit. */
const maxRepetitions = 60;

/**
 * Number of times that each correction is repeated in an epoch.
 *
 * @param corrections number of corrections that are trained on, at least one
 * @param others number of other images in an epoch
 * @returns at least 1
 */
export function repetitionsOf(corrections: number, others: number): number {
  return Math.max(
    1,
    Math.min(maxRepetitions, Math.round((correctionFraction * others) / corrections)),
  );
}
