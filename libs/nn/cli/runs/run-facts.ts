// Collects facts about a trained version from its model file and its metrics.json.

import type { RunMetrics } from '@digits/protocol';
import { parseJson } from '../../src/parse-json.ts';
import type { Facts } from '../../src/report/report.ts';
import { overviewRows } from '../../src/report/tables/overview.ts';

/** The facts about a training. */
export interface RunFacts {
  /** layer sizes; null if unknown, like the fields below */
  readonly layers: string | null;
  readonly profile: string | null;
  readonly seed: string | null;
  /** accuracy on the test images */
  readonly test: number | null;
  /** by heading, then by name */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** For example standard-1-7f162361: profile, seed, and the start of the digest unless it is unfinished. */
const versionPattern = /^(.+?)-(\d+)(?:-[0-9a-f]{8})?$/;

const listedMetadata = ['preprocessing', 'temperature', 'trainedOn', 'acceptance'];

/** The facts contained in the name of a version or of an unfinished run. */
export function factsOfName(version: string): RunFacts {
  const [, profile = null, seed = null] = versionPattern.exec(version) ?? [];
  return { layers: null, profile, seed, test: null, facts: {} };
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
  const layers = metadata['layerSizes']?.replaceAll(/[[\]\s]/g, '').replaceAll(',', '-') ?? null;
  const model = listedMetadata.flatMap(key => {
    const value = metadata[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...named,
    layers,
    seed: metadata['seed'] ?? named.seed,
    test: parseAccuracy(metadata['accuracy']),
    facts: {
      Model: { ...(layers && { layers }), ...Object.fromEntries(model) },
      Training: metrics ? trainingFacts(metrics) : {},
      Figures: metrics ? figureFacts(metrics) : {},
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

/** The overview of each evaluation, named 'Accuracy, MNIST test images'. */
function figureFacts({ evaluations }: RunMetrics): Facts {
  const facts: Record<string, string> = {};
  let above = '';
  for (const { title, figure } of overviewRows) {
    // A title that begins with an ellipsis continues the title before it.
    const name = title.startsWith('…') ? above + title.slice(1) : title;
    if (name === title) above = title;
    for (const evaluation of evaluations) {
      facts[`${name}, ${evaluation.name}`] = figure(evaluation);
    }
  }
  return facts;
}

function parseAccuracy(text: string | undefined): number | null {
  const { count, correct } = { ...(parseJson(text ?? '') as { count?: number; correct?: number }) };
  const accuracy = Number(correct) / Number(count);
  return accuracy >= 0 && accuracy <= 1 ? accuracy : null;
}
