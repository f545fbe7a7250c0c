// nx run nn:evaluate: measures a model on the test images, on the validation images that its
// training kept back, on images and drawings of many other kinds, and on what is no digit; tells it
// as text or JSON, and as a report where one is asked for.

import type { Samples } from '../../src/data/samples.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import {
  createLogitsOf,
  forwardBatchSize,
  type LogitsOf,
} from '../../src/evaluation/metrics/measure.ts';
import type { EvaluationSet } from '../../src/evaluation/sets/evaluation-set.ts';
import { evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { measureSets } from '../../src/evaluation/sets/measure-sets.ts';
import type { LoadedModel } from '../../src/registry/champion.ts';
import { runCommand } from '../shared/command.ts';
import { loadEvaluatedModel } from '../shared/evaluated-model.ts';
import { loadEvaluationSources, unmeasuredFiles } from '../shared/evaluation-sources.ts';
import { finishSteps } from '../shared/run-generator.ts';
import { type EvaluationDocument, worstByNumber } from './document.ts';
import { parseEvaluationOptions } from './options.ts';
import { writeEvaluationReport } from './report.ts';
import { describeEvaluation } from './text.ts';

const timedPasses = 5;

await runCommand(async signal => {
  const options = parseEvaluationOptions(process.argv.slice(2));
  const { kernels, fallback } = chooseKernels();
  if (fallback) process.stderr.write(`${fallback}\n`);
  const champion = await loadEvaluatedModel(options.model, kernels);
  const { sources, strokes } = await loadEvaluationSources(options);
  for (const name of unmeasuredFiles(strokes)) {
    process.stderr.write(`${name} is by fewer than five writers: none of them is held out.\n`);
  }

  const { network, temperature, acceptance } = champion.model;
  const logitsOf = createLogitsOf(network);
  const sets = evaluationSets(sources);
  // The test images come first, then the validation images.
  const test: EvaluationSet = sets.next().value;
  const throughput = {
    imagesPerSecond: measureThroughput(logitsOf, test.samples),
    batchSize: forwardBatchSize,
    kernels: kernels.name,
  };
  const others = options.quick ? sets.take(1) : sets;
  const measuring = measureSets({ logitsOf, temperature, acceptance }, startingWith(test, others));
  const measured = await finishSteps(measuring, 'measured', process.stderr, signal);
  const document: EvaluationDocument = {
    model: describeModel(champion),
    data: {
      name: sources.name,
      digests: sources.data.digests,
      strokes: Object.fromEntries(strokes.map(({ name, sha256 }) => [`${name}.jsonl`, sha256])),
    },
    seed: sources.seed,
    throughput,
    ...measured.measurements,
    worst: worstByNumber(measured.worst),
  };

  if (options.report !== null) {
    await writeEvaluationReport(options.report, document, measured, network.layers[0]!);
  }
  const people = options.json ? process.stderr : process.stdout;
  people.write(describeEvaluation(document, people));
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
});

function* startingWith<Item>(first: Item, rest: Iterable<Item>): Generator<Item> {
  yield first;
  yield* rest;
}

function describeModel({ version, sha256, model }: LoadedModel): EvaluationDocument['model'] {
  const { network: _, activations: __, ...description } = model;
  return { version, sha256, ...description };
}

/** Images a second, the median of several passes. */
function measureThroughput(logitsOf: LogitsOf, samples: Samples): number {
  const rates = Array.from({ length: timedPasses }, () => {
    const started = performance.now();
    logitsOf(samples);
    return samples.count / ((performance.now() - started) / 1000);
  });
  return rates.sort((a, b) => a - b)[(timedPasses - 1) / 2]!;
}
