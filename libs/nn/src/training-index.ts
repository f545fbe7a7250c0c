// The public interface for training, `@digits/nn/training`: data sets, training, measuring. It is apart from
// index.ts, so that a program that only classifies does not load it. Every name is documented at its
// declaration.

export type { Augmentation } from './data/augment/augment.ts';
export { type Dataset, splitForValidation } from './data/dataset.ts';
export { type DataFolder, loadIdxFolder } from './data/idx-folder.ts';
export { loadMnist } from './data/mnist.ts';
export { prepareSamples, samplesOfDataset } from './data/prepare-samples.ts';
export { firstSamples, joinSamples, outlierLabel, type Samples } from './data/samples.ts';
export type { Network } from './engine/network.ts';
export {
  createLogitsOf,
  type LogitsOf,
  type Measurement,
  measure,
} from './evaluation/metrics/measure.ts';
export type { Phase, TrainingConfiguration } from './training/configuration.ts';
export type { DoneEvent, TrainingEvent } from './training/events.ts';
export type { TrainingOptions } from './training/options.ts';
export { type ProfileName, profiles } from './training/profiles.ts';
export { train, trainToEnd } from './training/train.ts';
