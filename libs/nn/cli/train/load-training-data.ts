// Loads the samples of a training: the images, the synthesised samples, and the part of both that is used
// for validation.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Dataset, splitForValidation } from '../../src/data/dataset.ts';
import type { DataFolder } from '../../src/data/idx-folder.ts';
import { type PictureFolder, splitInOrder } from '../../src/data/pictures.ts';
import { prepareSamples } from '../../src/data/prepare-samples.ts';
import {
  joinSamples,
  outlierLabel,
  type Samples,
  selectSamples,
  shuffledOrder,
} from '../../src/data/samples.ts';
import type { StrokeFile } from '../../src/data/strokes.ts';
import { splitByWriter, type WriterSplit } from '../../src/data/strokes.ts';
import type { SynthesisPurpose } from '../../src/data/synthesis/synthesis-purpose.ts';
import { type SynthesisRecipe, synthesizeSamples } from '../../src/data/synthesis/synthesize.ts';
import { Random } from '../../src/engine/random.ts';
import { wholeNumber } from '../../src/evaluation/metrics/format.ts';
import { canvasBrush, loadData, loadImages, type SourceOptions } from '../shared/sources.ts';
import type { TrainingCommandOptions } from './options.ts';
import type { TrainingPlan } from './plan.ts';

/** All samples of a training. */
export interface TrainingData {
  readonly data: DataFolder;
  readonly strokes: readonly StrokeFile[];
  readonly pictures: readonly PictureFolder[];
  /** the training images, without those for validation */
  readonly images: Dataset;
  /** number of images that are trained on: all, unless the plan limits them */
  readonly used: number;
  /** everything that is trained on; outliers are labelled `outlierLabel` */
  readonly training: Samples;
  /** digits only, from images and writers that are not trained on */
  readonly validation: Samples;
  /** number of validation samples that are images; these come first */
  readonly validationImages: number;
  /** outliers that are not trained on; none for data without drawings */
  readonly outliers: Samples;
}

/** The validation samples of each kind, at most as many as validation images. */
const validationRecipe = {
  restroked: 0.5,
  synthetic: 0.2,
  degraded: 0,
  recorded: 1,
  pictures: 1,
  outliers: 0.2,
} as const;

/** Random stream for choosing images, different from those of synthesis and training. */
const choosingStream = 0xf17e;

/**
 * Loads and synthesises all samples.
 *
 * @param showProgress called with the progress of the synthesis, 0…1
 * @throws NnError `data-missing`, `data-corrupt`, `data-mismatch`
 * @throws the signal's reason when it is aborted
 */
export async function loadTrainingData(
  options: TrainingCommandOptions,
  plan: Pick<TrainingPlan, 'recipe' | 'images'>,
  showProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<TrainingData> {
  const { seed } = options;
  const { data, strokes, pictures } = await loadData(options);
  const splits = strokes.map(({ drawings }) => splitByWriter(drawings));
  const pictureSplits = pictures.map(splitInOrder);
  const images = splitForValidation(data.training);
  const recipe = recipeFor(options, plan.recipe);
  const used = chooseImages(images.training, plan.images, seed);
  const sources = { training: used, validation: images.validation };

  const synthesize = async (purpose: SynthesisPurpose, own: SynthesisRecipe) => {
    const samples = prepareSamples(sources[purpose]);
    const recordings = splits.flatMap((split: WriterSplit) => split[purpose]);
    const steps = synthesizeSamples(
      {
        images: samples,
        recordings,
        pictures: pictureSplits.map(split => split[purpose]),
        brush: canvasBrush,
      },
      own,
      seed,
      purpose,
    );
    for (;;) {
      const step = steps.next();
      if (step.done) return { samples, synthesized: step.value };
      showProgress(step.value);
      await nextTurn();
      signal.throwIfAborted();
    }
  };
  const validation = await synthesize('validation', {
    ...recipe,
    ...limit(recipe, validationRecipe),
  });
  const training = await synthesize('training', recipe);
  const all = joinSamples(validation.samples, validation.synthesized);
  return {
    data,
    strokes,
    pictures,
    images: images.training,
    used: used.count,
    training: joinSamples(
      ...Array.from({ length: recipe.images }, () => training.samples),
      training.synthesized,
    ),
    validationImages: validation.samples.count,
    validation: selectSamples(all, label => label !== outlierLabel),
    outliers: selectSamples(all, label => label === outlierLabel),
  };
}

/** The first of the images that `loadTrainingData` would load, without synthesising anything. */
export async function loadFirstImages(
  { data: folder, seed }: TrainingCommandOptions,
  plan: Pick<TrainingPlan, 'images'>,
  count: number,
): Promise<Samples> {
  const data = await loadImages(folder);
  const images = chooseImages(splitForValidation(data.training).training, plan.images, seed);
  return prepareSamples(firstImages(images, count));
}

function firstImages(images: Dataset, count: number): Dataset {
  const first = Math.min(count, images.count);
  const pixels = images.pixels.subarray(0, first * images.rows * images.columns);
  return { ...images, count: first, pixels, labels: images.labels.subarray(0, first) };
}

/** Chooses at most `max` images at random. */
function chooseImages(images: Dataset, max: number | undefined, seed: number): Dataset {
  if (max === undefined || max >= images.count) return images;
  const size = images.rows * images.columns;
  const chosen = shuffledOrder(images.count, new Random(seed, choosingStream)).subarray(0, max);
  const pixels = new Uint8Array(max * size);
  for (const [at, i] of chosen.entries()) {
    pixels.set(images.pixels.subarray(i * size, (i + 1) * size), at * size);
  }
  return {
    ...images,
    count: max,
    pixels,
    labels: Uint8Array.from(chosen, i => images.labels[i]!),
  };
}

/** Limits the recipe for data other than MNIST, whose classes may not be digits. */
function recipeFor(
  { data, strokes, pictures }: SourceOptions,
  recipe: SynthesisRecipe,
): SynthesisRecipe {
  if (data === null) return recipe;
  const isOfDigits = strokes.length + pictures.length > 0;
  return {
    ...recipe,
    restroked: 0,
    synthetic: 0,
    degraded: 0,
    outliers: isOfDigits ? recipe.outliers : 0,
  };
}

function limit(recipe: SynthesisRecipe, max: Omit<SynthesisRecipe, 'images'>) {
  return {
    restroked: Math.min(recipe.restroked, max.restroked),
    synthetic: Math.min(recipe.synthetic, max.synthetic),
    degraded: Math.min(recipe.degraded, max.degraded),
    recorded: Math.min(recipe.recorded, max.recorded),
    pictures: Math.min(recipe.pictures, max.pictures),
    outliers: recipe.outliers > 0 ? max.outliers : 0,
  };
}

/** Describes the data in a line for the terminal. */
export function describeData(given: TrainingData): string {
  const { data, images, used, strokes, pictures, training, validation } = given;
  const total = used < images.count ? ` of ${wholeNumber(images.count)}` : '';
  const files = ['', ...[...strokes, ...pictures].map(({ name }) => name)].join(', ');
  return (
    `${wholeNumber(used)}${total} ${data.training.name}${files}` +
    `${data.isTransposed ? ' (stored by columns, turned upright)' : ''}: ` +
    `${wholeNumber(training.count)} images per epoch, ${wholeNumber(validation.count)} for validation`
  );
}
