// An example of each document of the protocol.

import { exampleModel, type Neuron, type Prediction } from '../src/index.ts';

const sha256 = exampleModel.sha256;

export const prediction = {
  digit: 7,
  confidence: 0.9,
  probabilities: [0, 0, 0, 0, 0, 0, 0, 0.9, 0.1, 0],
  accepted: true,
  reason: null,
  model: exampleModel,
  input: { sha256 },
} satisfies Prediction;

export const neuron = {
  model: exampleModel,
  layer: 1,
  index: 17,
  bias: 0.5,
  weights: Array(784).fill(0.25),
  inputWeights: Array(784).fill(0.25),
  digitWeights: Array(10).fill(-0.5),
  examples: [{ index: 5, label: 9, activation: 1.5, pixels: 'A'.repeat(1048) }],
  examplesStatus: 'ready',
} satisfies Neuron;

export const entry = {
  id: 'a1',
  label: 4,
  source: 'correction',
  predicted: 9,
  confidence: 0.7,
  accepted: false,
  reason: 'uncertain',
  model: exampleModel,
  input: { sha256, contentType: 'image/png', byteLength: 413 },
  createdAt: '2026-03-14T15:09:26.535Z',
};

export const manifestLine = { index: 0, ...entry, preprocessing: 'mnist-fit/2' };

export const problem = {
  type: 'urn:digits:problem:no-file',
  title: 'No file was sent',
  status: 400,
  detail: 'Send one.',
  code: 'no-file',
};

const row = {
  name: 'MNIST test images',
  group: 'test',
  champion: 99.1,
  challenger: 99.2,
  unit: '%',
  verdict: 'same',
  matters: true,
  why: '3 of 5 differ',
};

export const gateResult = {
  type: 'gate',
  version: 'quick-1-9f86d081',
  champion: null,
  digests: { challenger: sha256, champion: null, sets: sha256 },
  rows: [row],
  passes: true,
  promoted: false,
  why: 'nothing that matters is worse',
};

const position = { phase: 1, phases: 2, epoch: 1, epochs: 3 };
const measurement = { count: 10, correct: 9, accuracy: 0.9, loss: 0.3 };
const schedule = { type: 'cosine', finalFraction: 0 };

export const events = {
  corrections: {
    type: 'corrections',
    source: 'http://127.0.0.1:8000',
    count: 2,
    trained: 1,
    heldOut: 1,
    doubtful: [
      {
        id: 'a1',
        label: 4,
        why: 'unlike',
        said: 9,
        confidence: 0.8,
        neighbours: [9, 9],
        companions: [],
        file: 'a1.png',
      },
    ],
    page: null,
  },
  phase: { type: 'phase', phase: 1, phases: 1, batchSize: 5, epochs: 2, learningRate: 1, schedule },
  batch: { type: 'batch', ...position, batch: 1, batches: 2, images: 5, loss: 2.3 },
  epoch: { type: 'epoch', ...position, loss: 2, learningRate: 0.1, validation: measurement },
  checkpoint: { type: 'checkpoint', ...position },
  done: {
    type: 'done',
    model: { version: 'quick-1-9f86d081', path: 'quick-1-9f86d081/model.safetensors', sha256 },
    isChampion: true,
    test: measurement,
    validation: measurement,
    corrections: null,
  },
};

export const configuration = {
  layerSizes: [784, 16, 10],
  phases: [{ batchSize: 16, epochs: 2, learningRate: 0.1, schedule }],
  optimizer: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  labelSmoothing: 0.1,
  augmentation: null,
  averaging: { decay: 0.99 },
  earlyStopping: { patience: 3 },
  recipe: { synthetic: 0.1 },
  maxImages: 1000,
};

const calibration = {
  temperature: 1.2,
  negativeLogLikelihood: 0.02,
  expectedCalibrationError: 0.01,
};
const accuracy = { count: 10, correct: 9, accuracy: 0.9, interval: { low: 0.6, high: 0.98 } };

export const metrics = {
  format: 'digits-metrics/1',
  version: 'quick-1-9f86d081',
  sha256,
  profile: 'quick',
  seed: 1,
  layerSizes: [784, 16, 10],
  trainedOn: 'MNIST training images',
  hyperparameters: { profile: 'quick' },
  evaluations: [
    { name: 'MNIST test images', ...accuracy, calibrated: calibration, uncalibrated: calibration },
  ],
  sets: [
    {
      name: 'MNIST test images',
      group: 'test',
      writers: null,
      ...accuracy,
      expectedCalibrationError: 0.01,
      refused: 0.05,
    },
  ],
  outliers: [{ name: 'letters', count: 5, refused: null }],
};
