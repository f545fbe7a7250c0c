// The data on which commands measure models, and the brush for recorded strokes.

import { basename, resolve } from 'node:path';
import { drawStrokes } from '@digits/canvas';
import { Option } from 'commander';
import { withForm } from '../../src/data/data-form.ts';
import { type DataFolder, loadIdxFolder } from '../../src/data/idx-folder.ts';
import { loadMnist } from '../../src/data/mnist.ts';
import { loadPictures, type PictureFolder } from '../../src/data/pictures.ts';
import { loadStrokes, type StrokeFile } from '../../src/data/strokes.ts';
import type { CanvasBrush } from '../../src/data/synthesis/rendering/render.ts';
import { NnError } from '../../src/errors.ts';
import { heldOutDrawings } from '../../src/evaluation/sets/drawings.ts';
import type { EvaluationSources } from '../../src/evaluation/sets/evaluation-set.ts';
import type { DataForm } from '../../src/inference/data-form.ts';
import { collectValues } from './command.ts';

/** Seed of the evaluation sets; another seed would change figures within their intervals. */
const evaluationSeed = 20260601;

/** The app's brush, passed as a parameter because the library must not import libs/canvas. */
export const canvasBrush: CanvasBrush = (drawing, radius) => drawStrokes(drawing, { radius });

/** The loaded data of a command. */
export interface LoadedData {
  /** the labels count the classes from 0 */
  readonly data: DataFolder;
  /** undefined for digits */
  readonly form: DataForm | undefined;
  readonly strokes: readonly StrokeFile[];
  readonly pictures: readonly PictureFolder[];
}

/** The loaded data of the evaluation sets. */
export interface LoadedSources extends Omit<LoadedData, 'data' | 'form'> {
  readonly sources: EvaluationSources;
}

/** The options that select a command's data. */
export interface SourceOptions {
  /** folder of four IDX files; null for MNIST */
  readonly data: string | null;
  /** folders of recorded pen strokes */
  readonly strokes: readonly string[];
  /** folders of further pictures of digits */
  readonly pictures: readonly string[];
}

/** Whether the options select digits: MNIST, or drawings or pictures of digits. */
export function areDigits({ data, strokes, pictures }: SourceOptions): boolean {
  return data === null || strokes.length + pictures.length > 0;
}

/** The option --data of every command. */
export function dataOption(): Option {
  return new Option('--data <folder>', 'four IDX files, plain or gzipped').default(null, 'MNIST');
}

/** The option --strokes of the commands that measure. */
export function strokesOption(): Option {
  return new Option('--strokes <folder>', 'recorded pen strokes, .jsonl files; repeatable')
    .argParser(collectValues)
    .default([], 'no drawings');
}

/** The option --pictures of every command. @param description what the command does with them */
export function picturesOption(description: string): Option {
  return new Option('--pictures <folder>', `${description}; repeatable`)
    .argParser(collectValues)
    .default([], 'none');
}

/**
 * Loads the strokes and pictures.
 *
 * @throws NnError `data-missing`, `data-corrupt`, `data-mismatch`, `data-unsupported`
 */
export async function loadDrawings({
  strokes,
  pictures,
}: SourceOptions): Promise<Omit<LoadedData, 'data' | 'form'>> {
  return {
    strokes: (await Promise.all(strokes.map(loadStrokes))).flat(),
    pictures: await loadPictures(pictures),
  };
}

/** Loads the images alone. @param folder null for MNIST. @throws NnError as `loadDrawings` */
export function loadImages(folder: string | null): Promise<DataFolder> {
  return folder === null ? loadMnist() : loadIdxFolder(folder);
}

/**
 * Loads the images, strokes and pictures of the evaluation sets of a model.
 *
 * @param form of the data that the model was trained on, undefined for digits
 * @throws NnError `data-missing`, `data-corrupt`, `data-mismatch`, `data-unsupported`
 */
export async function loadEvaluationSources(
  options: SourceOptions,
  form?: DataForm,
): Promise<LoadedSources> {
  if (form && areDigits(options)) {
    throw new NnError(
      'data-mismatch',
      `the model is not of digits, but of ${describeForm(form)}: specify such data with --data, without --strokes ` +
        'and --pictures',
    );
  }
  const data = withForm(await loadImages(options.data), form);
  return evaluationSources(options, { data, form, ...(await loadDrawings(options)) });
}

/** For example '26 classes of images of 28×28'. */
export function describeForm({ rows, columns, classes }: DataForm): string {
  return `${classes.length} classes of images of ${rows}×${columns}`;
}

/** The sources of the evaluation sets. @param options that the data was loaded with */
export function evaluationSources(
  options: SourceOptions,
  { data, form, strokes, pictures }: LoadedData,
): LoadedSources {
  const drawn = areDigits(options) ? { strokes, pictures, brush: canvasBrush } : null;
  const sources = { name: dataName(options.data), data, form, drawn, seed: evaluationSeed };
  return { sources, strokes, pictures };
}

/** The name of the data in figures and reports. @param folder that it is from; null for MNIST */
export function dataName(folder: string | null): string {
  return folder === null ? 'MNIST' : basename(resolve(folder));
}

/** Names of the files with too few writers to hold one out. */
export function filesWithoutHeldOut(strokes: readonly StrokeFile[]): string[] {
  return strokes.filter(file => heldOutDrawings(file).length === 0).map(({ name }) => name);
}
