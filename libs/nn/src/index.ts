// What the apps may use of this library.
export { NnError, type NnErrorCode } from './errors.ts';
export { type ChosenKernels, chooseKernels } from './kernels/choose.ts';
export { type Champion, loadChampion, loadVersion } from './model-file/champion.ts';
export { findVersion } from './model-file/versions.ts';
export type { Acceptance, Verdict } from './network/acceptance.ts';
export {
  type BatchClassification,
  type BatchClassifier,
  createBatchClassifier,
} from './network/batch-classifier.ts';
export { createInputGradient, type InputGradient } from './network/input-gradient.ts';
export {
  type Classification,
  classify,
  type MeasuredAccuracy,
  type Model,
  type ModelDescription,
} from './network/model.ts';
export { inkBytes } from './preprocess/ink-bytes.ts';
export type { Picture } from './preprocess/picture.ts';
export { networkInputs } from './preprocess/place.ts';
export { preprocess, preprocessing } from './preprocess/preprocess.ts';
