// nx run api:equivalence: the 10,000 test images of MNIST as PNG through the running service, against
// what nn:evaluate says of the same model. Ends with 1 where the service reads worse by a tenth of a
// point, or sees another image than was sent. --json prints one document.

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

const mostPointsApart = 0.1;
const mostDifference = 0.02;
const connections = 4;
/** Every so manyth image comes in a form, the others as bare bodies. */
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
const isGood =
  Math.abs(accuracy.service - accuracy.evaluate) <= mostPointsApart &&
  difference.mean < mostDifference;

(options.json ? process.stderr : process.stdout).write(
  `the service reads ${accuracy.service.toFixed(2)} %, nn:evaluate ${accuracy.evaluate.toFixed(2)} %\n` +
    `seen and sent differ by ${difference.mean.toFixed(5)}, at most by ${difference.most.toFixed(5)}\n` +
    `${isGood ? 'equivalent' : 'NOT equivalent'}\n`,
);
if (options.json) process.stdout.write(`${JSON.stringify({ ...report, isGood })}\n`);
process.exitCode = isGood ? 0 : 1;

async function predictAll(queue: Iterable<[number, LabelledDigit]>): Promise<void> {
  for (const [i, image] of queue) {
    const file = png(image);
    const isForm = i % formEvery === 0;
    predictions[i] = isForm
      ? await post(formHeaders, fileForm(file))
      : await post({ 'content-type': 'image/png' }, file);
  }
}

/** fetch would take most of the time. */
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

/** In percent, of the same model, from a process of its own as people start it. */
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
