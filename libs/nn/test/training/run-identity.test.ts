// The identity of a run as checkpoints write it.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import type { TrainingOptions } from '../../src/training/options.ts';
import { identityOf } from '../../src/training/run-identity.ts';

const configuration: TrainingConfiguration = {
  layerSizes: [3, 5, 2],
  phases: [
    { batchSize: 7, epochs: 2, learningRate: 0.1, schedule: { type: 'constant' } },
    { batchSize: 5, epochs: 3, learningRate: 0.05, schedule: { type: 'cosine', finalFraction: 0 } },
  ],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 },
  labelSmoothing: 0,
  averaging: { decay: 0.99 },
};

const samples = { count: 1, size: 3, inputs: new Uint8Array(3), labels: new Uint8Array(1) };

const options: TrainingOptions = {
  configuration,
  seed: 1,
  kernels: loopKernels,
  training: samples,
  validation: samples,
};

test('the identity has the bytes of checkpoint format 1', t => {
  t.is(
    JSON.stringify(identityOf(options)),
    '{"configuration":{"layerSizes":[3,5,2],"phases":[' +
      '{"batchSize":7,"epochs":2,"learningRate":0.1,"schedule":{"type":"constant"}},' +
      '{"batchSize":5,"epochs":3,"learningRate":0.05,"schedule":{"type":"cosine","finalShare":0}}],' +
      '"optimizer":{"type":"sgd","momentum":0.9,"nesterov":true,"weightDecay":0},' +
      '"labelSmoothing":0,"dropout":0,"augmentation":null,"averaging":{"decay":0.99},' +
      '"earlyStopping":null},"seed":1,' +
      '"data":"af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc",' +
      '"kernels":"loops"}',
  );
});

test('the order of a configuration’s fields does not change the identity', t => {
  const reversed = Object.fromEntries(Object.entries(configuration).reverse());
  const other = { ...options, configuration: reversed as unknown as TrainingConfiguration };
  t.deepEqual(JSON.stringify(identityOf(other)), JSON.stringify(identityOf(options)));
});

test('initial weights and teachers are part of the identity', t => {
  const network = createNetwork(loopKernels, new Random(1), [3, 5, 2]);
  const { initial, teachers } = identityOf({ ...options, initial: network, teachers: [network] });
  t.regex(initial!, /^[0-9a-f]{64}$/);
  t.deepEqual(teachers, [initial!]);
});
