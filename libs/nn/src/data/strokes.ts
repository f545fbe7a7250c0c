// Recorded pen strokes, one JSON object per line: {"label", "writer", "strokes": [[[x, y], …], …]}, and
// their split by writer. A label is a digit, or a letter for an outlier.

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { NnError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { sha256Of } from '../sha256.ts';

/** x to the right, y down */
export type Point = readonly [x: number, y: number];

/** The pen's path from pen down to pen up. */
export type Stroke = readonly Point[];

/** A drawing of one character by one writer. */
export interface RecordedDrawing {
  /** 0…9; undefined for an outlier */
  readonly label: number | undefined;
  readonly writer: string;
  /** relative to the side of the writing box; at least one point in total */
  readonly strokes: readonly Stroke[];
}

/** The drawings of one file. */
export interface StrokeFile {
  /** the file's name without folder and extension */
  readonly name: string;
  readonly sha256: string;
  readonly drawings: readonly RecordedDrawing[];
}

/** Maximum file size; the training part of pendigits has 7 MB. */
const maxFileBytes = 1 << 28;

/** Largest coordinate, relative to the side of the writing box. */
const maxCoordinate = 10;

const coordinate = Type.Number({ minimum: -maxCoordinate, maximum: maxCoordinate });
const line = Compile(
  Type.Object({
    label: Type.Union([
      Type.Integer({ minimum: 0, maximum: 9 }),
      Type.String({ minLength: 1, maxLength: 16 }),
    ]),
    writer: Type.String({ minLength: 1, maxLength: 200 }),
    strokes: Type.Array(Type.Array(Type.Tuple([coordinate, coordinate]), { maxItems: 10_000 }), {
      maxItems: 100,
    }),
  }),
);

/**
 * Loads every .jsonl file of a folder, in the order of their names.
 *
 * @throws NnError `data-missing` if the folder cannot be read or has no such file,
 * `data-corrupt` if a line is not a drawing
 */
export async function loadStrokes(folder: string): Promise<StrokeFile[]> {
  const names = await readdir(folder).catch(cause => {
    throw new NnError('data-missing', `${folder} cannot be read: specify a folder with --strokes`, {
      cause,
    });
  });
  const files = names.filter(name => name.endsWith('.jsonl')).sort();
  if (files.length === 0) {
    throw new NnError(
      'data-missing',
      `${folder} has no .jsonl file of pen strokes: --strokes expects a folder with recordings`,
    );
  }
  return Promise.all(files.map(name => loadStrokesFile(join(folder, name))));
}

async function loadStrokesFile(path: string): Promise<StrokeFile> {
  const bytes = await readRegularFile(path, maxFileBytes).catch(cause => {
    const code = cause.code === 'file-too-large' ? 'data-corrupt' : 'data-missing';
    throw new NnError(code, `${path} cannot be read: ${cause.message}`, { cause });
  });
  const drawings = parseStrokes(bytes.toString('utf8'), path);
  return { name: basename(path, '.jsonl'), sha256: sha256Of(bytes), drawings };
}

/**
 * Parses the text of a .jsonl file; empty lines are skipped.
 *
 * @param name of the file, for error messages
 * @throws NnError `data-corrupt` if a line is not a drawing, or there is none
 */
export function parseStrokes(text: string, name: string): RecordedDrawing[] {
  const drawings = text
    .split('\n')
    .flatMap((json, i) => (json.trim() === '' ? [] : parseLine(json, `${name}:${i + 1}`)));
  if (drawings.length > 0) return drawings;
  throw new NnError('data-corrupt', `${name} contains no drawing`);
}

function parseLine(json: string, place: string): RecordedDrawing {
  const value = parseJson(json);
  if (!line.Check(value)) {
    throw new NnError(
      'data-corrupt',
      `${place} is not a drawing: expected {"label": 0…9 or a letter, "writer": "…", ` +
        `"strokes": [[[x, y], …], …]} with coordinates within ±${maxCoordinate}`,
    );
  }
  if (value.strokes.every(stroke => stroke.length === 0)) {
    throw new NnError('data-corrupt', `${place} is a drawing without points`);
  }
  return { ...value, label: labelOf(value.label) };
}

/** Some files have their digits as text. @returns undefined for a letter */
function labelOf(label: number | string): number | undefined {
  if (typeof label === 'number') return label;
  return /^[0-9]$/.test(label) ? Number(label) : undefined;
}

/** Drawings split by writer, so that validation and tests measure unseen handwriting. */
export interface WriterSplit {
  readonly training: readonly RecordedDrawing[];
  /** for choosing hyperparameters, thresholds and temperature */
  readonly validation: readonly RecordedDrawing[];
  /** for evaluation only */
  readonly heldOut: readonly RecordedDrawing[];
}

/** Of every ten writers, the fifth and the last are held out, and the fourth is for validation. */
const writersPerGroup = 10;
const validationPlace = 3;
const heldOutPlaces: readonly number[] = [4, 9];

/**
 * Splits drawings by writer.
 *
 * @param drawings of one file; the writers are sorted by name
 */
export function splitByWriter(drawings: readonly RecordedDrawing[]): WriterSplit {
  const writers = [...new Set(drawings.map(({ writer }) => writer))].sort();
  const placeInGroup = new Map(writers.map((writer, i) => [writer, i % writersPerGroup]));
  const drawingsOf = (isOf: (place: number) => boolean) =>
    drawings.filter(({ writer }) => isOf(placeInGroup.get(writer)!));
  const isValidation = (place: number) => place === validationPlace;
  const isHeldOut = (place: number) => heldOutPlaces.includes(place);
  return {
    training: drawingsOf(place => !isValidation(place) && !isHeldOut(place)),
    validation: drawingsOf(isValidation),
    heldOut: drawingsOf(isHeldOut),
  };
}
