// Prepares the samples of a training: the images, the synthesised samples, and the part of both that is used
// for validation.

import { type Dataset, splitForValidation } from '../../../src/data/dataset.ts';
import { splitInOrder } from '../../../src/data/pictures.ts';
import { prepareSamples, prepareSamplesInChunks } from '../../../src/data/prepare-samples.ts';
import {
  joinSamples,
  outlierLabel,
  type Samples,
  selectSamples,
  shuffledOrder,
} from '../../../src/data/samples.ts';
import { splitByWriter } from '../../../src/data/strokes.ts';
import type { SynthesisPurpose } from '../../../src/data/synthesis/synthesis-purpose.ts';
import {
  planSynthesis,
  type Synthesis,
  type SynthesisRecipe,
  type SynthesisSources,
} from '../../../src/data/synthesis/synthesize.ts';
import { Random } from '../../../src/engine/random.ts';
import { wholeNumber } from '../../../src/evaluation/metrics/format.ts';
import {
  areDigits,
  canvasBrush,
  type LoadedData,
  loadImages,
  type SourceOptions,
} from '../../shared/sources.ts';
import type { TrainingCommandOptions } from '../plan/options.ts';
import type { TrainingPlan } from '../plan/plan.ts';
import { createStep, type PreparationWatch } from './preparation-step.ts';

/** All samples of a training. */
export interface TrainingData extends LoadedData {
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
 * Prepares all samples of a training: preprocesses the images, and synthesises the others.
 *
 * @throws NnError `data-mismatch` for too few images
 * @throws the signal's reason when it is aborted
 */
export async function prepareTrainingData(
  options: Pick<TrainingCommandOptions, keyof SourceOptions | 'seed'>,
  plan: Pick<TrainingPlan, 'recipe' | 'images'>,
  loaded: LoadedData,
  watch: PreparationWatch,
): Promise<TrainingData> {
  const { seed } = options;
  const { form } = loaded;
  const images = splitForValidation(loaded.data.training);
  const used = chooseImages(images.training, plan.images, seed);
  const recipe = recipeFor(options, plan.recipe);
  const recipes = {
    validation: { ...recipe, ...limit(recipe, validationRecipe) },
    training: recipe,
  };

  const preprocess = createStep('images', images.validation.count + used.count, watch);
  const samples = {
    validation: await preprocess(prepareSamplesInChunks(images.validation, form)),
    training: await preprocess(prepareSamplesInChunks(used, form)),
  };
  const [validation, training] = (['validation', 'training'] as const).map(purpose =>
    planSynthesis(sourcesOf(purpose, samples[purpose], loaded), recipes[purpose], seed, purpose),
  ) as [Synthesis, Synthesis];
  const draw = createStep('drawings', validation.count + training.count, watch);
  const validationSamples = joinSamples(samples.validation, await draw(validation.draw()));
  const drawn = await draw(training.draw());
  return {
    ...loaded,
    images: images.training,
    used: used.count,
    training: joinSamples(...Array.from({ length: recipe.images }, () => samples.training), drawn),
    validationImages: samples.validation.count,
    validation: selectSamples(validationSamples, label => label !== outlierLabel),
    outliers: selectSamples(validationSamples, label => label === outlierLabel),
  };
}

function sourcesOf(
  purpose: SynthesisPurpose,
  images: Samples,
  { strokes, pictures }: LoadedData,
): SynthesisSources {
  return {
    images,
    recordings: strokes.flatMap(({ drawings }) => splitByWriter(drawings)[purpose]),
    pictures: pictures.map(folder => splitInOrder(folder)[purpose]),
    brush: canvasBrush,
  };
}

/** The first of the images that `prepareTrainingData` would prepare, without synthesising anything. */
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
function recipeFor(options: SourceOptions, recipe: SynthesisRecipe): SynthesisRecipe {
  if (options.data === null) return recipe;
  return {
    ...recipe,
    restroked: 0,
    synthetic: 0,
    degraded: 0,
    outliers: areDigits(options) ? recipe.outliers : 0,
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
