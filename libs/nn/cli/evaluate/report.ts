// Writes the files of nn:evaluate --report: evaluation.json and report.html.

import { join } from 'node:path';
import { makeFolder } from '@digits/files';
import { NnError } from '../../src/errors.ts';
import type { MeasuredSets } from '../../src/evaluation/sets/measure-sets.ts';
import type { WeightMatrix } from '../../src/inference/neuron.ts';
import { writeAtomically } from '../../src/registry/locked-files.ts';
import type { Facts } from '../../src/report/report.ts';
import { type EvaluationDocument, firstEvaluations } from './document.ts';

/** Writes both files. @throws NnError `write-failed` */
export async function writeEvaluationReport(
  folder: string,
  document: EvaluationDocument,
  sets: MeasuredSets,
  firstLayer: WeightMatrix,
): Promise<void> {
  // Loaded on demand, because loading Vega takes as long as an evaluation.
  const { renderReport } = await import('../../src/report/report.ts');
  const page = await renderReport({
    title: document.model.version,
    description: describeForReport(document),
    history: [],
    evaluations: firstEvaluations(document),
    firstLayer,
    columns: document.model.form?.columns,
    mistakes: sets.worst[0]!.mistakes,
    sets,
  });
  await makeFolder(folder).catch(cause => {
    throw new NnError(
      'write-failed',
      `${folder} cannot be created: ${cause.message}: specify another folder with --report`,
      { cause },
    );
  });
  await writeAtomically(join(folder, 'evaluation.json'), `${JSON.stringify(document, null, 2)}\n`);
  await writeAtomically(join(folder, 'report.html'), page);
}

function describeForReport({ model, data, seed }: EvaluationDocument): Record<string, Facts> {
  return {
    Model: {
      layers: model.layerSizes.join('-'),
      preprocessing: model.preprocessing,
      temperature: model.temperature.toFixed(3),
      seed: model.seed,
      'trained on': model.trainedOn,
      'SHA-256': model.sha256,
    },
    [`Data: ${data.name}`]: { ...data.digests, ...data.strokes, ...data.pictures },
    'Evaluation sets': { seed: String(seed) },
  };
}
