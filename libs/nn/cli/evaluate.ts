// nx run nn:evaluate: measures a model on the test images, and on the validation images that its
// training kept back; tells it as text or JSON, and as a report where one is asked for.
import { basename, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { splitForValidation } from '../src/data/dataset.ts';
import { loadIdxFolder } from '../src/data/idx-folder.ts';
import { loadMnist } from '../src/data/mnist.ts';
import { prepareSamples, type Samples } from '../src/data/samples.ts';
import { evaluateLogits, type NamedEvaluation } from '../src/evaluate/evaluation.ts';
import { createViewer, type Viewer, viewerBatchSize } from '../src/evaluate/measure.ts';
import { listMistakes } from '../src/evaluate/mistakes.ts';
import { chooseKernels } from '../src/kernels/choose.ts';
import type { Champion } from '../src/model-file/champion.ts';
import { pictureMistakes } from '../src/report/worst-mistakes.ts';
import { runCommand } from './command.ts';
import { loadEvaluatedModel } from './evaluated-model.ts';
import type { EvaluationDocument } from './evaluation-document.ts';
import { parseEvaluationOptions } from './evaluation-options.ts';
import { writeEvaluationReport } from './evaluation-report.ts';
import { describeEvaluation } from './evaluation-text.ts';

const timedPasses = 5;
const shownMistakes = 48;

await runCommand(async signal => {
  const options = parseEvaluationOptions(process.argv.slice(2));
  const { kernels, fallback } = chooseKernels();
  if (fallback) process.stderr.write(`${fallback}\n`);
  const champion = await loadEvaluatedModel(options.model, kernels);
  const data = await loadNamedData(options.data);
  const test = prepareSamples(data.test);
  const validation = prepareSamples(splitForValidation(data.training).validation);

  const { network, temperature } = champion.model;
  const view = createViewer(network);
  const testLogits = view(test);
  const evaluate = (name: string, logits: Float32Array, { labels }: Samples): NamedEvaluation => ({
    name: `${data.name} ${name}`,
    evaluation: evaluateLogits(logits, labels, { temperature }),
  });
  const document: EvaluationDocument = {
    model: describeModel(champion),
    data: { name: data.name, digests: data.digests },
    throughput: {
      imagesPerSecond: measureThroughput(view, test),
      batchSize: viewerBatchSize,
      kernels: kernels.name,
    },
    evaluations: [
      evaluate('test images', testLogits, test),
      evaluate('validation images', view(validation), validation),
    ],
  };

  // All this computing gave the event loop no turn to notice a Ctrl+C in.
  await nextTurn();
  signal.throwIfAborted();
  if (options.report !== null) {
    const worst = listMistakes(testLogits, test.labels, { count: shownMistakes, temperature });
    await writeEvaluationReport(options.report, document, {
      firstLayer: network.layers[0]!,
      mistakes: pictureMistakes(worst, test),
    });
  }
  const people = options.json ? process.stderr : process.stdout;
  people.write(describeEvaluation(document, people));
  if (options.json) process.stdout.write(`${JSON.stringify(document)}\n`);
});

/** @param folder null for MNIST; otherwise its last name is the data's */
async function loadNamedData(folder: string | null) {
  if (folder === null) return { name: 'MNIST', ...(await loadMnist()) };
  return { name: basename(resolve(folder)), ...(await loadIdxFolder(folder)) };
}

function describeModel({ version, sha256, model }: Champion): EvaluationDocument['model'] {
  const { network: _, activations: __, ...description } = model;
  return { version, sha256, ...description };
}

/** Images a second, the median of several passes. */
function measureThroughput(view: Viewer, samples: Samples): number {
  const rates = Array.from({ length: timedPasses }, () => {
    const started = performance.now();
    view(samples);
    return samples.count / ((performance.now() - started) / 1000);
  });
  return rates.sort((a, b) => a - b)[(timedPasses - 1) / 2]!;
}
