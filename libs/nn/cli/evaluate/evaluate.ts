// nx run nn:evaluate: measures a model on test and validation images, on corrupted images, drawings,
// styles and outliers, and reports the figures as text, as JSON and as a page.

import { pictureDigests } from '../../src/data/pictures.ts';
import type { Samples } from '../../src/data/samples.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import {
  createLogitsOf,
  forwardBatchSize,
  type LogitsOf,
} from '../../src/evaluation/metrics/measure.ts';
import type { EvaluationSet, EvaluationSources } from '../../src/evaluation/sets/evaluation-set.ts';
import { evaluationSets } from '../../src/evaluation/sets/evaluation-sets.ts';
import { measureSets } from '../../src/evaluation/sets/measure-sets.ts';
import type { LoadedModel } from '../../src/registry/champion.ts';
import {
  type CommandContext,
  programOf,
  runAsProcess,
  textStream,
  writeJsonLine,
} from '../shared/command.ts';
import { loadModel } from '../shared/load-model.ts';
import { filesWithoutHeldOut, loadEvaluationSources } from '../shared/sources.ts';
import { runGenerator } from '../shared/terminal.ts';
import { type EvaluationDocument, worstByNumber } from './document.ts';
import { type EvaluationCommandOptions, parseEvaluationOptions } from './options.ts';
import { writeEvaluationReport } from './report.ts';
import { describeEvaluation } from './text.ts';

const timedPasses = 5;

if (import.meta.main) await runAsProcess(evaluateCommand);

/** Runs the command. @throws CommanderError for invalid options; NnError for unusable models or data */
export async function evaluateCommand(context: CommandContext): Promise<undefined> {
  const { stderr } = context;
  const options = parseEvaluationOptions(context.args, context);
  const { kernels, fallback } = chooseKernels();
  if (fallback) stderr.write(`${fallback}\n`);
  const loaded = await loadModel(options.model, kernels, programOf(context).models);
  const { form } = loaded.model;
  const { sources, strokes, pictures } = await loadEvaluationSources(options, form);
  for (const name of filesWithoutHeldOut(strokes)) {
    stderr.write(`${name} has fewer than five writers: none of them is held out.\n`);
  }
  const { throughput, measured } = await measureModel(loaded, sources, options, context);
  const document: EvaluationDocument = {
    model: describeModel(loaded),
    data: {
      name: sources.name,
      digests: sources.data.digests,
      strokes: Object.fromEntries(strokes.map(({ name, sha256 }) => [`${name}.jsonl`, sha256])),
      pictures: pictureDigests(pictures),
    },
    seed: sources.seed,
    throughput: { ...throughput, kernels: kernels.name },
    ...measured.measurements,
    worst: worstByNumber(measured.worst),
  };
  if (options.report !== null) {
    const [firstLayer] = loaded.model.network.layers;
    await writeEvaluationReport(options.report, document, measured, firstLayer!);
  }
  const text = textStream(context, options.json);
  text.write(describeEvaluation(document, text));
  if (options.json) writeJsonLine(context, document);
}

/** Measures the throughput on the test images and the figures on all sets. */
async function measureModel(
  { model: { network, temperature, acceptance, form } }: LoadedModel,
  sources: EvaluationSources,
  { quick }: EvaluationCommandOptions,
  { stderr, signal }: CommandContext,
) {
  const logitsOf = createLogitsOf(network);
  const sets = evaluationSets(sources);
  // The first set is the test images.
  const test: EvaluationSet = sets.next().value;
  const throughput = {
    imagesPerSecond: measureThroughput(logitsOf, test.samples),
    batchSize: forwardBatchSize,
  };
  const others = quick ? sets.take(1) : sets;
  const measured = { logitsOf, temperature, acceptance, classes: form?.classes };
  const measuring = measureSets(measured, startingWith(test, others));
  const progress = { verb: 'measured', stream: stderr, signal };
  return { throughput, measured: await runGenerator(measuring, progress) };
}

function* startingWith<Item>(first: Item, rest: Iterable<Item>): Generator<Item> {
  yield first;
  yield* rest;
}

function describeModel({ version, sha256, model }: LoadedModel): EvaluationDocument['model'] {
  const { network: _, activations: __, ...description } = model;
  return { version, sha256, ...description };
}

/** Measures images per second, as the median of several passes. */
function measureThroughput(logitsOf: LogitsOf, samples: Samples): number {
  const rates = Array.from({ length: timedPasses }, () => {
    const started = performance.now();
    logitsOf(samples);
    return samples.count / ((performance.now() - started) / 1000);
  });
  return rates.sort((a, b) => a - b)[(timedPasses - 1) / 2]!;
}
