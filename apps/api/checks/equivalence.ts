// nx run api:equivalence: sends the 10,000 test images of MNIST as PNG to the service and compares its
// accuracy with that of nn:evaluate. Exits with 1 where they differ by more than a tenth of a point, or
// where the network's inputs differ from the images. --json prints one document.

import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Prediction } from '@digits/protocol';
import { startOurs } from '../bench/contestants.ts';
import { png } from '../test/support/files.ts';
import { fileForm, formHeaders } from '../test/support/form.ts';
import { type LabelledDigit, loadMnistTestImages, meanDifference } from '../test/support/mnist.ts';

const maxPointsApart = 0.1;
const maxMeanDifference = 0.02;
const connections = 4;
/** One image in four is sent in a form, the others as bare bodies. */
const formEvery = 4;

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const images = await loadMnistTestImages();
const service = await startOurs();
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const predictions = new Array<Prediction>(images.length);
try {
  const queue = images.entries();
  await Promise.all(Array.from({ length: connections }, () => predictAll(queue)));
} finally {
  agent.destroy();
  service.process.kill();
}

const differences = predictions.map(({ seen }, i) => meanDifference(seen!, images[i]!));
const report = {
  model: predictions[0]!.model,
  images: images.length,
  accuracy: {
    service: percent(predictions.filter(({ digit }, i) => digit === images[i]!.label).length),
    evaluate: evaluatedAccuracy(),
  },
  difference: {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
    most: Math.max(...differences),
  },
};
const { accuracy, difference } = report;
const isEquivalent =
  Math.abs(accuracy.service - accuracy.evaluate) <= maxPointsApart &&
  difference.mean < maxMeanDifference;

(options.json ? process.stderr : process.stdout).write(
  `accuracy: service ${accuracy.service.toFixed(2)} %, nn:evaluate ${accuracy.evaluate.toFixed(2)} %\n` +
    `mean difference of input and image ${difference.mean.toFixed(5)}, at most ${difference.most.toFixed(5)}\n` +
    `${isEquivalent ? 'equivalent' : 'NOT equivalent'}\n`,
);
if (options.json) process.stdout.write(`${JSON.stringify({ ...report, isGood: isEquivalent })}\n`);
process.exitCode = isEquivalent ? 0 : 1;

async function predictAll(queue: Iterable<[number, LabelledDigit]>): Promise<void> {
  for (const [i, image] of queue) {
    const file = png(image);
    const isForm = i % formEvery === 0;
    predictions[i] = isForm
      ? await post(formHeaders, fileForm(file))
      : await post({ 'content-type': 'image/png' }, file);
  }
}

/** Not fetch, which would take most of the time. */
function post(headers: Record<string, string>, body: Buffer): Promise<Prediction> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${service.url}/predict?explain=true`,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      async response => {
        const answer = await json(response);
        if (response.statusCode === 200) resolve(answer as Prediction);
        else reject(new Error(`answered ${response.statusCode}: ${JSON.stringify(answer)}`));
      },
    );
    sent.on('error', reject).end(body);
  });
}

/** In percent, of the same model, by nn:evaluate in a process of its own. */
function evaluatedAccuracy(): number {
  const command = fileURLToPath(
    new URL('../../../libs/nn/cli/evaluate/evaluate.ts', import.meta.url),
  );
  const output = execFileSync(process.execPath, [command, '--quick', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { model, evaluations } = JSON.parse(output);
  if (model.sha256 !== predictions[0]!.model.sha256) throw new Error('the model changed meanwhile');
  return 100 * evaluations[0].evaluation.accuracy;
}

function percent(correct: number): number {
  return (100 * correct) / images.length;
}
