// What a training is given: the images of its data, what is drawn besides them, and what of both is
// kept back to choose with.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Dataset, splitForValidation } from '../../src/data/dataset.ts';
import { type DataFolder, loadIdxFolder } from '../../src/data/idx-folder.ts';
import { loadMnist } from '../../src/data/mnist.ts';
import { prepareSamples } from '../../src/data/prepare-samples.ts';
import {
  joinSamples,
  outlierLabel,
  type Samples,
  selectSamples,
  shuffledOrder,
} from '../../src/data/samples.ts';
import { loadStrokes, type StrokeFile } from '../../src/data/strokes.ts';
import {
  type SynthesisPurpose,
  type SynthesisRecipe,
  synthesizeSamples,
} from '../../src/data/synthesis/synthesize.ts';
import { splitByWriter, type WriterSplit } from '../../src/data/writers.ts';
import { Random } from '../../src/engine/random.ts';
import { wholeNumber } from '../../src/evaluation/metrics/format.ts';
import { recipes } from '../../src/training/profiles.ts';
import { gridBrush } from '../shared/grid-brush.ts';
import type { TrainingCommandOptions } from './options.ts';
import type { TrainingPlan } from './plan.ts';

export interface TrainingData {
  readonly data: DataFolder;
  readonly strokes: readonly StrokeFile[];
  /** the images that are trained on, before anything is drawn */
  readonly images: Dataset;
  /** how many of them are: all, unless the plan wants fewer */
  readonly shown: number;
  /** all that is trained on, `outlierLabel` among its labels */
  readonly training: Samples;
  /** digits only, of images and writers that are not trained on */
  readonly validation: Samples;
  /** how many of them, from the first on, are images of the data */
  readonly validationImages: number;
  /** pictures of no digit, drawn apart from those that are trained on; none at all for other data */
  readonly noDigits: Samples;
}

/** Enough of each kind to choose by, and no more than the images that choose. */
const validationRecipe = {
  restroked: 0.5,
  synthetic: 0.2,
  degraded: 0,
  recorded: 1,
  outliers: 0.2,
} as const;

/** Apart from the streams that draw and train. */
const choosingStream = 0xf17e;

/**
 * @param tell how far drawing has come, 0…1
 * @throws NnError `data-missing`, `data-corrupt`, `data-mismatch`
 * @throws the signal's reason when it is aborted
 */
export async function loadTrainingData(
  { data: folder, strokes: folders, profile, seed }: TrainingCommandOptions,
  tell: (share: number) => void,
  signal: AbortSignal,
  plan: Pick<TrainingPlan, 'recipe' | 'images'> = { recipe: recipes[profile], images: null },
): Promise<TrainingData> {
  const data = folder === null ? await loadMnist() : await loadIdxFolder(folder);
  const strokes = (await Promise.all(folders.map(loadStrokes))).flat();
  const splits = strokes.map(({ drawings }) => splitByWriter(drawings));
  const images = splitForValidation(data.training);
  const recipe = recipeFor(folder, folders, plan.recipe);
  const shown = chooseImages(images.training, plan.images, seed);
  const sources = { training: shown, validation: images.validation };

  const draw = async (purpose: SynthesisPurpose, own: SynthesisRecipe) => {
    const samples = prepareSamples(sources[purpose]);
    const recordings = splits.flatMap((split: WriterSplit) => split[purpose]);
    const drawing = synthesizeSamples(
      { images: samples, recordings, brush: gridBrush },
      own,
      seed,
      purpose,
    );
    for (;;) {
      const step = drawing.next();
      if (step.done) return { samples, drawn: step.value };
      tell(step.value);
      await nextTurn();
      signal.throwIfAborted();
    }
  };
  const validation = await draw('validation', { ...recipe, ...limit(recipe, validationRecipe) });
  const training = await draw('training', recipe);
  const kept = joinSamples(validation.samples, validation.drawn);
  return {
    data,
    strokes,
    images: images.training,
    shown: shown.count,
    training: joinSamples(
      ...Array.from({ length: recipe.images }, () => training.samples),
      training.drawn,
    ),
    validationImages: validation.samples.count,
    validation: selectSamples(kept, label => label !== outlierLabel),
    noDigits: selectSamples(kept, label => label === outlierLabel),
  };
}

/** So many images at random, all of them where there are no more. */
function chooseImages(images: Dataset, most: number | null, seed: number): Dataset {
  if (most === null || most >= images.count) return images;
  const size = images.rows * images.columns;
  const chosen = shuffledOrder(images.count, new Random(seed, choosingStream)).subarray(0, most);
  const pixels = new Uint8Array(most * size);
  for (const [at, i] of chosen.entries()) {
    pixels.set(images.pixels.subarray(i * size, (i + 1) * size), at * size);
  }
  return {
    ...images,
    count: most,
    pixels,
    labels: Uint8Array.from(chosen, i => images.labels[i]!),
  };
}

/** Only MNIST's digits can be drawn anew; and letters are no digits, but may be what is to be read. */
function recipeFor(
  folder: string | null,
  strokes: readonly string[],
  { images, restroked, synthetic, degraded, recorded, outliers }: SynthesisRecipe,
): SynthesisRecipe {
  return {
    images,
    restroked: folder === null ? restroked : 0,
    synthetic: folder === null ? synthetic : 0,
    degraded: folder === null ? degraded : 0,
    recorded: strokes.length > 0 ? recorded : 0,
    outliers: folder === null || strokes.length > 0 ? outliers : 0,
  };
}

function limit(recipe: SynthesisRecipe, most: Omit<SynthesisRecipe, 'images'>) {
  return {
    restroked: Math.min(recipe.restroked, most.restroked),
    synthetic: Math.min(recipe.synthetic, most.synthetic),
    degraded: Math.min(recipe.degraded, most.degraded),
    recorded: Math.min(recipe.recorded, most.recorded),
    outliers: recipe.outliers > 0 ? most.outliers : 0,
  };
}

export function describeData({ data, images, shown, strokes, ...given }: TrainingData): string {
  const { training, validation } = given;
  const of = shown < images.count ? ` of ${wholeNumber(images.count)}` : '';
  const drawn = ['', ...strokes.map(({ name }) => name)].join(', ');
  return (
    `${wholeNumber(shown)}${of} ${data.training.name}${drawn}: ` +
    `${wholeNumber(training.count)} pictures an epoch, ${wholeNumber(validation.count)} to validate`
  );
}
