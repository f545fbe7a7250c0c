// The files of nn:evaluate --report: evaluation.json for programs, report.html for people.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NnError } from '../src/errors.ts';
import { writeAtomically } from '../src/model-file/write-atomically.ts';
import type { Facts, ReportInput } from '../src/report/report.ts';
import type { EvaluationDocument } from './evaluation-document.ts';

/** @throws NnError `write-failed` */
export async function writeEvaluationReport(
  folder: string,
  document: EvaluationDocument,
  shown: Pick<ReportInput, 'firstLayer' | 'mistakes'>,
): Promise<void> {
  // Loaded here, for Vega takes as long to load as an evaluation does.
  const { renderReport } = await import('../src/report/report.ts');
  const page = await renderReport({
    ...shown,
    title: document.model.version,
    description: describeForReport(document),
    history: [],
    evaluations: document.evaluations,
  });
  await mkdir(folder, { recursive: true }).catch(cause => {
    throw new NnError(
      'write-failed',
      `${folder} cannot be made: ${cause.message}: name another folder with --report`,
      { cause },
    );
  });
  await writeAtomically(join(folder, 'evaluation.json'), `${JSON.stringify(document, null, 2)}\n`);
  await writeAtomically(join(folder, 'report.html'), page);
}

function describeForReport({ model, data }: EvaluationDocument): Record<string, Facts> {
  return {
    Model: {
      layers: model.layerSizes.join('-'),
      preprocessing: model.preprocessing,
      temperature: model.temperature.toFixed(3),
      seed: model.seed,
      'trained on': model.trainedOn,
      'SHA-256': model.sha256,
    },
    [`Data: ${data.name}`]: data.digests,
  };
}
