// Plans a training: a profile that starts from random weights, or fine-tuning that starts from the
// champion's weights. A configuration file can change either.

import { basename, extname } from 'node:path';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { NnError } from '../../../src/errors.ts';
import type { DataForm } from '../../../src/inference/data-form.ts';
import { type LoadedModel, loadChampion } from '../../../src/registry/champion.ts';
import type { ModelsFolder } from '../../../src/registry/models-folder.ts';
import {
  fineTuning,
  fineTuningImages,
  fineTuningRecipe,
  forAnyClasses,
  profiles,
  recipes,
} from '../../../src/training/profiles.ts';
import { loadModelFile } from '../../shared/load-model.ts';
import { areDigits } from '../../shared/sources.ts';
import {
  applyConfiguration,
  type ConfigurablePlan,
  type ConfigurationFile,
  checkLayers,
} from './configuration-file.ts';
import { isFineTuning, type TrainingCommandOptions } from './options.ts';

/** The plan of a training. */
export interface TrainingPlan extends ConfigurablePlan {
  /** part of the names of the version and of the run folder */
  readonly name: string;
  /** the champion that is fine-tuned; undefined for other trainings */
  readonly champion: LoadedModel | undefined;
  /** the model whose weights the training starts from; undefined for random weights */
  readonly initial: LoadedModel | undefined;
  /** the teachers, for distillation */
  readonly teachers: readonly LoadedModel[];
}

/**
 * Plans the training of the given options.
 *
 * @throws NnError `invalid-options` for layer sizes in a configuration file for fine-tuning, or other layers
 * of the initial model; what `loadChampion` throws for fine-tuning; what `loadModel` throws for a teacher
 * or the initial model
 */
export async function planTraining(
  options: TrainingCommandOptions,
  kernels: Kernels,
  { file, form }: PlanSources = {},
): Promise<TrainingPlan> {
  const planned = isFineTuning(options)
    ? await planFineTuning(options, kernels, file)
    : await planProfile(options, kernels, file);
  const configuration = areDigits(options)
    ? planned.configuration
    : forAnyClasses(planned.configuration, form);
  const plan = { ...planned, configuration };
  if (file) checkLayers(file, form);
  const configured = file ? { ...plan, ...applyConfiguration(plan, file) } : plan;
  checkInitialLayers(configured);
  checkTeachers(configured, form);
  return configured;
}

/** What a plan depends on besides the options. */
export interface PlanSources {
  readonly file?: ConfigurationFile | undefined;
  /** of data that is not of digits */
  readonly form?: DataForm | undefined;
}

/** Teachers need the inputs and classes of the student, in the same order. */
function checkTeachers({ teachers }: TrainingPlan, form: DataForm | undefined): void {
  const expected = JSON.stringify(form);
  const wrong = teachers.find(({ model }) => JSON.stringify(model.form) !== expected);
  if (wrong === undefined) return;
  throw new NnError(
    'invalid-options',
    `--teacher: ${wrong.version} was trained on images or classes of another form than the data`,
  );
}

function checkInitialLayers({ initial, configuration: { layerSizes } }: TrainingPlan): void {
  const given = initial?.model.layerSizes;
  if (given === undefined || String(given) === String(layerSizes)) return;
  throw new NnError(
    'invalid-options',
    `--initial: ${initial?.version} has layers ${given.join('-')}, expected ${layerSizes.join('-')}`,
  );
}

async function planProfile(
  { profile, teacher, initial }: TrainingCommandOptions,
  kernels: Kernels,
  file: ConfigurationFile | undefined,
): Promise<TrainingPlan> {
  const load = (path: string, option: string) =>
    loadModelFile(path, kernels, () => `specify a .safetensors file with ${option}`);
  return {
    name: file ? nameOf(file) : profile,
    configuration: profiles[profile],
    recipe: recipes[profile],
    images: undefined,
    champion: undefined,
    initial: initial === null ? undefined : await load(initial, '--initial'),
    teachers: await Promise.all(teacher.map(path => load(path, '--teacher'))),
  };
}

async function planFineTuning(
  { out }: TrainingCommandOptions,
  kernels: Kernels,
  file: ConfigurationFile | undefined,
): Promise<TrainingPlan> {
  if (file?.content.layerSizes) {
    throw new NnError(
      'invalid-options',
      `${file.path}: layerSizes requires --from scratch, because fine-tuning keeps the champion's layers`,
    );
  }
  const champion = await loadChampionToTune(out, kernels);
  return {
    name: 'fine-tune',
    configuration: { ...fineTuning, layerSizes: champion.model.layerSizes },
    recipe: fineTuningRecipe,
    images: fineTuningImages,
    champion,
    initial: champion,
    teachers: [],
  };
}

/** The file's name without its extension, restricted to characters that version names allow. */
function nameOf({ path }: ConfigurationFile): string {
  const name = basename(path, extname(path)).replaceAll(/[^A-Za-z0-9]+/g, '-');
  return name.replace(/^-/, '').slice(0, 20).replace(/-$/, '') || 'configured';
}

async function loadChampionToTune(out: ModelsFolder, kernels: Kernels): Promise<LoadedModel> {
  try {
    return await loadChampion(out, kernels);
  } catch (error) {
    if (!(error instanceof NnError)) throw error;
    const hint = 'there is no champion to start from: train one, or learn with --from scratch';
    throw new NnError(error.code, `${error.message}; ${hint}`, { cause: error });
  }
}
