import { RunMetrics } from '@digits/protocol';
import test from 'ava';
import Value from 'typebox/value';
import { metricsOf } from '../../src/report/metrics.ts';
import { evaluation, measuredSets } from './report-input.ts';

const input = {
  version: 'tiny-1-0123abcd',
  sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  profile: 'tiny',
  description: {
    layerSizes: [49, 5, 3],
    preprocessing: 'mnist-fit/2',
    temperature: 1.5,
    seed: '7',
    trainedOn: 'shirts, shoes and bags',
    acceptance: null,
    accuracy: null,
  },
  hyperparameters: { optimizer: 'sgd' },
  evaluations: [{ name: 'test images', evaluation }],
  validationImages: { name: 'MNIST validation images', evaluation },
};

test('the metrics of a run follow the schema and hold the figures of its evaluations', t => {
  const metrics = metricsOf(input);
  t.true(Value.Check(RunMetrics, metrics));
  t.like(metrics, { version: 'tiny-1-0123abcd', seed: 7, profile: 'tiny' });
  t.like(metrics.evaluations[0], { name: 'test images', count: 5, correct: 4, accuracy: 0.8 });
  t.like(metrics.validationImages, { name: 'MNIST validation images', accuracy: 0.8 });
  t.is(metrics.evaluations[0]!.calibrated.temperature, 1.5);
  for (const absent of ['sets', 'outliers', 'commit']) t.false(absent in metrics, absent);
});

test('the metrics hold every set and every set of outliers that was measured', t => {
  const { measurements } = measuredSets('pens');
  const metrics = metricsOf({ ...input, measurements, commit: 'd9db974' });
  t.true(Value.Check(RunMetrics, metrics));
  t.deepEqual(
    metrics.sets!.map(({ name, group, writers }) => [name, group, writers]),
    [
      ['test images', 'test', null],
      ['shot noise', 'corruption', null],
      ['shear', 'corruption', null],
      ['pens', 'drawings', 7],
    ],
  );
  t.like(metrics.outliers, [{ name: 'letters', count: 5, refused: 0.4 }]);
  t.is(metrics.commit, 'd9db974');
});

test('the metrics are the same after being written as JSON', t => {
  const metrics = metricsOf({ ...input, measurements: measuredSets('pens').measurements });
  t.deepEqual(JSON.parse(JSON.stringify(metrics)), metrics);
});
