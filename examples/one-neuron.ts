// One neuron learns a line: y = weight · x + bias. Each step moves weight and bias a little against the
// slope of the loss, the mean squared distance between the neuron's answers and the points.
//
// Change              and see
//   learningRate 0.02   a neuron that has not arrived after 40 steps
//   learningRate 1.1    a loss that grows: each step jumps further across the valley than it came down
//   noise 0             a line that is found, and a loss that falls towards 0
//   x ** 2 for target   that a neuron can only draw a straight line

import { styleText } from 'node:util';

const seed = 2026;
const learningRate = 0.2;
const steps = 40;
const noise = 0.2;
const target = (x: number) => 0.8 * x - 0.3;

let draws = seed; // of numbers between −1 and 1, the same in every run
const random = () => (1e4 * Math.sin(draws++)) % 1;

const points = Array.from({ length: 60 }, () => {
  const x = random();
  return { x, y: target(x) + noise * random() };
});

let weight = 0;
let bias = 0;
for (let step = 0; step <= steps; step++) {
  let [loss, dWeight, dBias] = [0, 0, 0];
  for (const { x, y } of points) {
    const error = weight * x + bias - y;
    loss += error ** 2 / points.length;
    dWeight += (2 * error * x) / points.length; // the derivative of the loss with respect to weight
    dBias += (2 * error) / points.length; // and to bias
  }
  if (step % 5 === 0) {
    const figures = [weight, bias, loss].map(value => value.toPrecision(3).padStart(11)).join('');
    console.log(`step ${`${step}`.padStart(3)}${figures}  ${'█'.repeat(Math.min(40, 120 * loss))}`);
  }
  if (step === steps) break; // the last step was printed, and what follows shows it
  weight -= learningRate * dWeight;
  bias -= learningRate * dBias;
}

for (let row = 0; row < 14; row++) {
  let text = '';
  for (let column = 0; column < 61; column++) {
    const isHere = (x: number, y: number) =>
      Math.round(30 + 30 * x) === column && Math.round(5 - 7 * y) === row;
    const x = column / 30 - 1;
    if (points.some(point => isHere(point.x, point.y))) text += 'o';
    else text += isHere(x, weight * x + bias) ? styleText('cyan', '━') : ' ';
  }
  console.log(text.trimEnd());
}
console.log(`seed ${seed}: weight ${weight.toFixed(2)}, bias ${bias.toFixed(2)}`);
