// The public interface for training, `@digits/nn/training`: data sets, training, measuring. It is apart from
// index.ts, so that a program that only classifies does not load it. Every name is documented at its
// declaration.

export type { Augmentation } from './data/augment/augment.ts';
export type { ElasticDistortion } from './data/augment/elastic-distortion.ts';
export { type Dataset, splitForValidation } from './data/dataset.ts';
export { type DataFolder, loadIdxFolder } from './data/idx-folder.ts';
export { samplesOf, splitSamples } from './data/labelled-rows.ts';
export { loadMnist } from './data/mnist.ts';
export { prepareSamples, samplesOfDataset } from './data/prepare-samples.ts';
export {
  firstSamples,
  type InputValues,
  joinSamples,
  outlierLabel,
  type Samples,
} from './data/samples.ts';
export type { AdamWOptions } from './engine/adamw.ts';
export type { Network } from './engine/network.ts';
export type { OptimizerOptions } from './engine/optimizer.ts';
export type { SgdOptions } from './engine/sgd.ts';
export type { Calibration, CalibrationBin } from './evaluation/metrics/calibration.ts';
export type { ClassFigures, ConfusionMatrix } from './evaluation/metrics/confusion.ts';
export { evaluate } from './evaluation/metrics/evaluate-model.ts';
export type { Evaluation, Interval } from './evaluation/metrics/evaluation.ts';
export {
  createLogitsOf,
  type LogitsOf,
  type Measurement,
  measure,
} from './evaluation/metrics/measure.ts';
export { createModel } from './inference/model.ts';
export { exportOnnx } from './registry/onnx/export-onnx.ts';
export { readCheckpoint, writeCheckpoint } from './training/checkpoint-file.ts';
export type { Phase, TrainingConfiguration } from './training/configuration.ts';
export type {
  CheckpointEvent,
  DoneEvent,
  EpochEvent,
  NetworkEvent,
  Position,
  TrainingEvent,
  ValidationEvent,
} from './training/events.ts';
export { type Fitted, fit } from './training/fit.ts';
export type { FitOptions } from './training/fit-options.ts';
export type { TrainingOptions } from './training/options.ts';
export { type ProfileName, profiles } from './training/profiles.ts';
export { train, trainToEnd } from './training/train.ts';
