// Collects facts about a trained version from its model file and its metrics.json.

import type { EvaluationFigures, RunMetrics } from '@digits/protocol';
import { percent } from '../../src/evaluation/metrics/format.ts';
import { parseJson } from '../../src/parse-json.ts';
import type { Facts } from '../../src/report/report.ts';
import type { SetFigure } from '../../src/report/runs-page.ts';
import { overviewRows } from '../../src/report/tables/overview.ts';
import { nameOfUnknownSamples, nameOfValidationSamples } from '../shared/validation-set.ts';

/** The facts about a training. */
export interface RunFacts {
  /** layer sizes; null if unknown, like the fields below */
  readonly layers: string | null;
  readonly profile: string | null;
  readonly seed: string | null;
  /** accuracy on the test images */
  readonly test: SetFigure | null;
  /** accuracy on the validation images, or if that is unknown on all validation samples */
  readonly validation: SetFigure | null;
  /** the name of all validation samples, on which the curves are measured */
  readonly samples: string | null;
  /** by heading, then by name */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** For example standard-1-7f162361: profile, seed, and the start of the digest unless it is unfinished. */
const versionPattern = /^(.+?)-(\d+)(?:-[0-9a-f]{8})?$/;

const listedMetadata = ['preprocessing', 'temperature', 'trainedOn', 'acceptance'];

/** The facts contained in the name of a version or of an unfinished run. */
export function factsOfName(version: string): RunFacts {
  const [, profile = null, seed = null] = versionPattern.exec(version) ?? [];
  return {
    layers: null,
    profile,
    seed,
    test: null,
    validation: null,
    samples: null,
    facts: {},
  };
}

/**
 * The facts in the files of a version.
 *
 * @param metadata of its model file, of any format
 * @param metrics undefined for a version without a valid metrics.json
 */
export function factsOfVersion(
  version: string,
  metadata: Readonly<Record<string, string>>,
  metrics: RunMetrics | undefined,
): RunFacts {
  const named = factsOfName(version);
  const test = parseAccuracy(metadata['accuracy']);
  const validation = metrics && validationOf(metrics, test);
  const layers = metadata['layerSizes']?.replaceAll(/[[\]\s]/g, '').replaceAll(',', '-') ?? null;
  const model = listedMetadata.flatMap(key => {
    const value = metadata[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...named,
    layers,
    seed: metadata['seed'] ?? named.seed,
    test,
    ...validation,
    facts: {
      Model: { ...(layers && { layers }), ...Object.fromEntries(model) },
      Training: metrics ? trainingFacts(metrics) : {},
      Figures: metrics ? figureFacts(metrics, validation?.samples ?? null) : {},
    },
  };
}

function trainingFacts({ hyperparameters, trainedOn, seed, commit }: RunMetrics): Facts {
  return {
    ...hyperparameters,
    'trained on': trainedOn,
    seed: String(seed),
    ...(commit !== undefined && { commit }),
  };
}

/** The name that all validation samples had before they were named after what they are. */
const unnamed = 'validation pictures';

function imagesOf({ validationImages, sets }: RunMetrics) {
  return validationImages ?? sets?.find(({ group }) => group === 'validation');
}

function validationOf(
  metrics: RunMetrics,
  test: SetFigure | null,
): Pick<RunFacts, 'validation' | 'samples'> {
  const images = imagesOf(metrics);
  const [, all] = metrics.evaluations;
  const data = test?.set.replace(/ test images$/, '');
  const samples = all && nameOfSamples(all, images?.count, data);
  const figure = images ? { ...images, set: images.name } : all && { ...all, set: samples! };
  return {
    validation: figure ? { accuracy: figure.accuracy, set: figure.set } : null,
    samples: samples ?? null,
  };
}

function nameOfSamples(
  { name, count }: Pick<EvaluationFigures, 'name' | 'count'>,
  images: number | undefined,
  data: string | undefined,
): string {
  if (name !== unnamed) return name;
  if (images === undefined || data === undefined) return nameOfUnknownSamples(count);
  return nameOfValidationSamples(data, images, count);
}

/** The overview of each evaluation, named 'Accuracy, MNIST test images'. */
function figureFacts(metrics: RunMetrics, samples: string | null): Facts {
  const facts: Record<string, string> = {};
  let above = '';
  for (const { title, figure } of overviewRows) {
    // A title that begins with an ellipsis continues the title before it.
    const name = title.startsWith('…') ? above + title.slice(1) : title;
    if (name === title) above = title;
    for (const evaluation of metrics.evaluations) {
      const set = evaluation.name === unnamed ? (samples ?? unnamed) : evaluation.name;
      facts[`${name}, ${set}`] = figure(evaluation);
    }
  }
  const images = imagesOf(metrics);
  if (images) facts[`Accuracy, ${images.name}`] = percent(images.accuracy);
  return facts;
}

function parseAccuracy(text: string | undefined): SetFigure | null {
  const parsed = parseJson(text ?? '') as { data?: string; count?: number; correct?: number };
  const { data, count, correct } = { ...parsed };
  const accuracy = Number(correct) / Number(count);
  return accuracy >= 0 && accuracy <= 1 ? { accuracy, set: String(data ?? 'test images') } : null;
}
