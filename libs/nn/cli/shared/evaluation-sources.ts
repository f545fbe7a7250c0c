// Reading what nn:evaluate is to measure a model on.

import { basename, resolve } from 'node:path';
import { type DataFolder, loadIdxFolder } from '../../src/data/idx-folder.ts';
import { loadMnist } from '../../src/data/mnist.ts';
import { loadStrokes, type StrokeFile } from '../../src/data/strokes.ts';
import { heldOutDrawings } from '../../src/evaluation/sets/drawings.ts';
import type { EvaluationSources } from '../../src/evaluation/sets/evaluation-set.ts';
import type { EvaluationCommandOptions } from '../evaluate/options.ts';
import { gridBrush } from './grid-brush.ts';

/** Any number does; another one only moves every figure within its interval. */
const seed = 20260601;

export interface LoadedSources {
  readonly sources: EvaluationSources;
  readonly strokes: readonly StrokeFile[];
}

/** @throws NnError `data-missing`, `data-corrupt`, `data-mismatch` */
export async function loadEvaluationSources({
  data: folder,
  strokes: folders,
}: Pick<EvaluationCommandOptions, 'data' | 'strokes'>): Promise<LoadedSources> {
  const data = folder === null ? await loadMnist() : await loadIdxFolder(folder);
  const strokes = (await Promise.all(folders.map(loadStrokes))).flat();
  return loadedSources(folder, data, strokes);
}

/** @param folder that the data is from; null for MNIST */
export function loadedSources(
  folder: string | null,
  data: DataFolder,
  strokes: readonly StrokeFile[],
): LoadedSources {
  // Other data may be clothes, and a letter no worse than they; who names strokes means digits.
  const drawn = folder === null || strokes.length > 0 ? { strokes, brush: gridBrush } : null;
  const name = folder === null ? 'MNIST' : basename(resolve(folder));
  return { sources: { name, data, drawn, seed }, strokes };
}

/** Names of the files that too few people wrote for any of them to be held out. */
export function unmeasuredFiles(strokes: readonly StrokeFile[]): string[] {
  return strokes.filter(file => heldOutDrawings(file).length === 0).map(({ name }) => name);
}
