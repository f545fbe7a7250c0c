// Two layers learn to tell two moons apart, which no straight line can: 16 neurons with ReLU, and one with
// a sigmoid, which gives the probability of the second moon. By hand: `forward` computes that answer,
// `backward` takes its error the same way back and corrects every number on the way.
//
// Change                      and see
//   hiddenSize 1, then 3      a straight edge, then one with two corners, which is nearly enough
//   Math.max(0, z) to z       a straight edge with any size: without ReLU two layers are only one
//   noise 0.8                 moons that overlap, so that no network can be right about every point

import { styleText } from 'node:util';

const [seed, hiddenSize, epochs, learningRate, noise] = [4, 16, 100, 0.05, 0.25];
let draws = seed; // of numbers between −1 and 1, the same in every run
const random = () => (1e4 * Math.sin(draws++)) % 1;
const createMoons = () =>
  Array.from({ length: 300 }, (_, i) => {
    const angle = (Math.PI / 2) * (random() + 1);
    const [x, y] = [Math.cos(angle) + noise * random(), Math.sin(angle) + noise * random()];
    return i % 2 === 0 ? { x, y, label: 0 } : { x: 1 - x, y: 0.5 - y, label: 1 };
  });
const hidden = Array.from({ length: hiddenSize }, () => {
  return { wx: 2 * random(), wy: 2 * random(), bias: random(), output: 0, wAnswer: random() };
});
let answerBias = 0;

function forward(x: number, y: number): number {
  let answer = answerBias;
  for (const neuron of hidden) {
    const z = neuron.wx * x + neuron.wy * y + neuron.bias;
    neuron.output = Math.max(0, z);
    answer += neuron.wAnswer * neuron.output;
  }
  return 1 / (1 + Math.exp(-answer));
}
function backward(x: number, y: number, dAnswer: number): void {
  for (const neuron of hidden) {
    const dz = neuron.output > 0 ? dAnswer * neuron.wAnswer : 0;
    neuron.wAnswer -= learningRate * dAnswer * neuron.output;
    neuron.wx -= learningRate * dz * x;
    neuron.wy -= learningRate * dz * y;
    neuron.bias -= learningRate * dz;
  }
  answerBias -= learningRate * dAnswer;
}

const training = createMoons(); // dAnswer, the slope of the cross-entropy, is probability − label
for (let epoch = 0; epoch < epochs; epoch++) {
  for (const { x, y, label } of training) backward(x, y, forward(x, y) - label);
}
for (let y = 1.25; y > -1.1; y -= 0.1) {
  let row = '';
  for (let x = -1.2; x < 2.2; x += 0.05) {
    const here = training.find(p => Math.abs(p.x - x) < 0.025 && Math.abs(p.y - y) < 0.05);
    if (here) row += styleText(here.label === 0 ? 'cyan' : 'yellow', 'ox'[here.label]!);
    else row += ' ░▒▓'[Math.floor(3.99 * forward(x, y))];
  }
  console.log(row.trimEnd());
}
const right = createMoons().filter(p => Math.round(forward(p.x, p.y)) === p.label).length;
console.log(`seed ${seed}: ${right} of 300 new points right, ${(right / 3).toFixed(1)} %`);
