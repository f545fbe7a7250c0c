// The public interface of the library. Every name is documented at its declaration.

export { type ChosenKernels, chooseKernels } from './engine/kernels/choose.ts';
export { NnError, type NnErrorCode } from './errors.ts';
export {
  type BatchClassification,
  type BatchClassifier,
  createBatchClassifier,
} from './inference/batch-classifier.ts';
export type { Decision, RejectionThresholds } from './inference/decision.ts';
export {
  type Classification,
  classify,
  type MeasuredAccuracy,
  type Model,
  type ModelDescription,
} from './inference/model.ts';
export { createInputGradient, type InputGradient } from './inference/saliency.ts';
export { inkBytes, networkInputs, type Picture } from './preprocess/picture.ts';
export { preprocess, preprocessing, preprocessingSteps } from './preprocess/preprocess.ts';
export {
  championFileIn,
  type LoadedModel,
  loadChampion,
  loadVersion,
} from './registry/champion.ts';
export { layersOf, type ModelsFolder } from './registry/models-folder.ts';
export { findVersion } from './registry/versions.ts';
