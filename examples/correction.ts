// A correction that changes an answer. A small network, trained on MNIST's digits alone, reads a 1 with a
// flag as a 7, since hardly any of MNIST's ones has a flag. Trained further on that picture with the label 1,
// among images that it was trained on before, it reads a 1, and the rest as well as before.
//
// Change                             and see
//   remembered to 0, copies to 500   an answer learnt and many others forgotten: see the test images
//   copies to 1                      a correction that is too rare to be learnt
//   label to 4                       a wrong label, which the network learns just as well

import { fileURLToPath } from 'node:url';
import { argmax, chooseKernels, inkBytes, preprocess, softmax } from '@digits/nn';
import * as nn from '@digits/nn/training';
import sharp from 'sharp';

const [seed, label, copies, remembered] = [3, 1, 60, 2000];
const file = fileURLToPath(new URL('pictures/flagged-one.png', import.meta.url));
const { data, info } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
const ink = preprocess({ width: info.width, height: info.height, channels: 1, data })!;
const picture = { count: 1, size: 784, inputs: inkBytes(ink), labels: Uint8Array.of(label) };

const mnist = await nn.loadMnist();
const images = nn.samplesOfDataset(mnist.training);
const test = nn.samplesOfDataset(mnist.test);
const { kernels } = chooseKernels();

async function trainOn(training: nn.Samples, learningRate: number, initial?: nn.Network) {
  const configuration: nn.TrainingConfiguration = {
    layerSizes: [784, 64, 10],
    phases: [{ batchSize: 32, epochs: 1, learningRate, schedule: { type: 'constant' } }],
    optimizer: { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 },
    labelSmoothing: 0,
  };
  const data = { training, validation: picture };
  return (await nn.trainToEnd({ configuration, seed, kernels, ...data, initial })).network;
}
const before = await trainOn(nn.firstSamples(images, 20_000), 0.05);
const corrections = Array<nn.Samples>(copies).fill(picture);
const mixed = nn.joinSamples(nn.firstSamples(images, remembered), ...corrections);
const after = await trainOn(mixed, 0.02, before);

function tested(network: nn.Network) {
  const logitsOf = nn.createLogitsOf(network);
  const { accuracy } = nn.measure(logitsOf(test), test.labels);
  const logits = logitsOf(picture);
  const answer = argmax(logits);
  return { percent: (100 * accuracy).toFixed(2), probabilities: softmax(logits), answer };
}
const [one, other] = [tested(before), tested(after)];
for (let row = 0; row < 14; row++) {
  const bars = [one, other].map(({ probabilities: p }) =>
    row < 10 ? `${row} ${'█'.repeat(Math.round(20 * p[row]!))}` : '',
  );
  const pixels = Array.from(ink.subarray(56 * row, 56 * row + 28), (upper, column) => {
    const lower = ink[56 * row + 28 + column]!;
    return ' ▀▄█'[Number(upper > 0.5) + 2 * Number(lower > 0.5)];
  });
  console.log(`${pixels.join('')} │ ${bars[0]!.padEnd(22)} │ ${bars[1]}`);
}
console.log(`${one.percent} % of the test images right before, ${other.percent} % after`);
console.log(`seed ${seed}: read as ${one.answer}, then as ${other.answer}`);
