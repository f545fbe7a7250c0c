// What a training is to be, by its options: a named profile from weights drawn at random, or the
// champion's weights and a short training that begins with them.

import type { SynthesisRecipe } from '../../src/data/synthesis/synthesize.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { NnError } from '../../src/errors.ts';
import { type LoadedModel, loadChampion } from '../../src/registry/champion.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import {
  fineTuning,
  fineTuningImages,
  fineTuningRecipe,
  profiles,
  recipes,
} from '../../src/training/profiles.ts';
import { loadEvaluatedModel } from '../shared/evaluated-model.ts';
import type { TrainingCommandOptions } from './options.ts';

export interface TrainingPlan {
  /** in the version's name and the run's folder */
  readonly name: string;
  readonly configuration: TrainingConfiguration;
  readonly recipe: SynthesisRecipe;
  /** how many of the data's images are used at most; null: all that are not kept to validate */
  readonly images: number | null;
  /** what the training begins with; null: weights drawn at random */
  readonly champion: LoadedModel | null;
  /** whose answers are learnt beside the labels */
  readonly teachers: readonly LoadedModel[];
}

/**
 * @throws NnError what `loadChampion` throws, where the champion is to learn; what
 * `loadEvaluatedModel` throws, where it is to teach
 */
export async function planTraining(
  { feedback, from, profile, teacher, out }: TrainingCommandOptions,
  kernels: Kernels,
): Promise<TrainingPlan> {
  if (feedback === null || from === 'scratch') {
    return {
      name: profile,
      configuration: profiles[profile],
      recipe: recipes[profile],
      images: null,
      champion: null,
      teachers: await Promise.all(teacher.map(file => loadTeacher(file, kernels))),
    };
  }
  const champion = await loadChampionToTeach(out, kernels);
  return {
    name: 'fine-tune',
    configuration: { ...fineTuning, layerSizes: champion.model.layerSizes },
    recipe: fineTuningRecipe,
    images: fineTuningImages,
    champion,
    teachers: [],
  };
}

function loadTeacher(file: string, kernels: Kernels): Promise<LoadedModel> {
  return loadEvaluatedModel(file, kernels, 'name a .safetensors file with --teacher');
}

async function loadChampionToTeach(out: string, kernels: Kernels): Promise<LoadedModel> {
  try {
    return await loadChampion(out, kernels);
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    const way = 'there is no champion to teach: train one, or learn with --from scratch';
    throw new NnError(error.code, `${error.message}; ${way}`, { cause: error });
  }
}
