// The figures of the chain rule in chapter 2: the computation graph of two layers with the shapes of its
// arrays, and one path of it in numbers.

import { arrow, figure, rectangle, text } from './svg.ts';

/** A number of the path, with its derivative of the loss. */
interface Quantity {
  readonly name: string;
  readonly formula: string;
  readonly value: number;
  readonly derivative: number;
  /** how the derivative follows from the one after it */
  readonly rule: string;
}

/** The path x → z → h → a → p → loss of a network with one hidden neuron, whose label is 1. */
export function chainInNumbers() {
  const [x, w, b, v, c, label] = [2, 0.5, -0.2, -1.5, 0.2, 1];
  const z = w * x + b;
  const h = Math.max(0, z);
  const a = v * h + c;
  const p = 1 / (1 + Math.exp(-a));
  const loss = -Math.log(p);
  const dA = p - label;
  const dH = dA * v;
  const dZ = h > 0 ? dH : 0;
  return { x, w, b, v, c, z, h, a, p, loss, dA, dH, dZ, dV: dA * h, dW: dZ * x };
}

/** Draws both figures, by name. */
export function drawChainRule(): Record<string, string> {
  return { 'two-layers': drawGraph(), 'chain-rule': drawNumbers() };
}

function drawNumbers(): string {
  const { x, w, b, v, c, z, h, a, p, loss, dA, dH, dZ, dV, dW } = chainInNumbers();
  const path: readonly Quantity[] = [
    { name: 'z', formula: 'w · x + b', value: z, derivative: dZ, rule: 'dH, as z > 0' },
    { name: 'h', formula: 'ReLU(z)', value: h, derivative: dH, rule: 'dA · v' },
    { name: 'a', formula: 'v · h + c', value: a, derivative: dA, rule: 'p − 1' },
    { name: 'p', formula: 'sigmoid(a)', value: p, derivative: -1 / p, rule: '−1 / p' },
    { name: 'loss', formula: '−log p', value: loss, derivative: 1, rule: '' },
  ];
  const width = 104;
  const boxes = path.map(({ name, formula, value, derivative, rule }, i) => {
    const left = 96 + i * 128;
    const middle = left + width / 2;
    return [
      rectangle({ left, top: 96, width, height: 70 }, 's-faint', 'fill="none" rx="6"'),
      text([middle, 116], `${name} = ${formula}`, 'f-faint small', 'middle'),
      text([middle, 142], shown(value), 'f-ink bold', 'middle'),
      text([middle, 194], shown(derivative), 'f-second bold', 'middle'),
      text([middle, 212], rule, 'f-faint small', 'middle'),
      i > 0 ? arrow([left - 24, 131], [left, 131]) : '',
      i > 0 ? arrow([left - 2, 190], [left - 22, 190], 's-second f-second') : '',
    ].join('\n');
  });
  const input = [
    text([8, 135], `x = ${x}`, 'f-ink bold'),
    arrow([54, 131], [96, 131]),
    text([148, 36], `w = ${w}   b = ${shown(b)}`, 'f-ink', 'middle'),
    text([148, 56], `dW = dZ · x = ${shown(dW)}`, 'f-second small', 'middle'),
    arrow([148, 66], [148, 96]),
    text([404, 36], `v = ${shown(v)}   c = ${c}`, 'f-ink', 'middle'),
    text([404, 56], `dV = dA · h = ${shown(dV)}`, 'f-second small', 'middle'),
    arrow([404, 66], [404, 96]),
    text([8, 152], 'forward →', 'f-faint small'),
    text([8, 194], '← backward', 'f-second small'),
  ];
  return figure(
    { width: 720, height: 226, title: 'The chain rule in numbers, forward and backward' },
    ...input,
    ...boxes,
  );
}

/** Three significant decimals with a real minus sign. */
function shown(value: number): string {
  return Number(value.toFixed(3)).toString().replace('-', '−');
}

/** The arrays of two dense layers on a batch, forward above and backward below. */
function drawGraph(): string {
  const arrays = [
    { name: 'input', shape: '[M, 784]' },
    { name: 'hidden', shape: '[M, 128]' },
    { name: 'logits', shape: '[M, 10]' },
    { name: 'loss', shape: 'one number' },
  ];
  const weights = [
    {
      name: 'weight',
      shape: '[784, 128]',
      bias: 'bias [128]',
      rule: 'ReLU(input · weight + bias)',
    },
    { name: 'weight', shape: '[128, 10]', bias: 'bias [10]', rule: 'hidden · weight + bias' },
    { name: 'labels', shape: '[M]', bias: '', rule: 'softmax, cross-entropy' },
  ];
  const [width, height] = [100, 52];
  const leftOf = (i: number) => 8 + i * 200;
  const boxes = arrays.map(({ name, shape }, i) => {
    const box = { left: leftOf(i), top: 100, width, height };
    const middle = box.left + width / 2;
    return [
      rectangle(box, 's-ink', 'fill="none" rx="6"'),
      text([middle, 122], name, 'f-ink bold', 'middle'),
      text([middle, 140], shape, 'f-faint small', 'middle'),
      i < 3
        ? text(
            [middle, 206],
            i === 0 ? 'not needed' : `d${name[0]!.toUpperCase()}${name.slice(1)} ${shape}`,
            'f-second small',
            'middle',
          )
        : text([middle, 206], '1', 'f-second small', 'middle'),
    ].join('\n');
  });
  const steps = weights.map(({ name, shape, bias, rule }, i) => {
    const middle = leftOf(i) + width + 50;
    const gradients = i < 2 ? [`dWeight ${shape}`, `dB${bias.slice(1)}`] : [];
    return [
      text([middle, 28], `${name} ${shape}`, 'f-ink', 'middle'),
      text([middle, 46], bias, 'f-ink', 'middle'),
      arrow([middle, 54], [middle, 116]),
      arrow([leftOf(i) + width, 126], [leftOf(i + 1), 126]),
      text([middle, 170], rule, 'f-faint small', 'middle'),
      arrow([leftOf(i + 1) - 10, 202], [leftOf(i) + width + 10, 202], 's-second f-second'),
      ...gradients.map((name, row) =>
        text([middle, 224 + 16 * row], name, 'f-second small', 'middle'),
      ),
    ].join('\n');
  });
  return figure(
    { width: 720, height: 250, title: 'Two dense layers forward and backward, with shapes' },
    ...boxes,
    ...steps,
  );
}
