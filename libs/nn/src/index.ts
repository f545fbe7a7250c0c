// The public interface of the library. Every name is documented at its declaration.

export type { Dataset } from './data/dataset.ts';
export { loadMnistTestImages, type TestImages } from './data/mnist.ts';
export { type ChosenKernels, chooseKernels, type KernelsChoice } from './engine/kernels/choose.ts';
export { argmax, softmax } from './engine/softmax.ts';
export { NnError, type NnErrorCode } from './errors.ts';
export {
  type BatchClassification,
  type BatchClassifier,
  createBatchClassifier,
} from './inference/batch-classifier.ts';
export type { DataForm } from './inference/data-form.ts';
export type { Decision, RejectionThresholds } from './inference/decision.ts';
export {
  type Classification,
  classify,
  type MeasuredAccuracy,
  type Model,
  type ModelDescription,
} from './inference/model.ts';
export {
  hasNeuron,
  type LayerOutputs,
  layerOutputs,
  type NeuronPosition,
  neuronParameters,
  weightsToClasses,
  weightsToInput,
} from './inference/neuron.ts';
export { type PredictedClass, predict } from './inference/predict.ts';
export { createInputGradient, type InputGradient } from './inference/saliency.ts';
export {
  imagesPerNeuron,
  type StrongestImages,
  type StrongestImagesSearch,
  searchStrongestImages,
} from './inference/strongest-images.ts';
export type { InputRows } from './input-rows.ts';
export { inkBytes, networkInputs, type Picture } from './preprocess/picture.ts';
export {
  type PreprocessingStep,
  preprocess,
  preprocessing,
  preprocessingSteps,
} from './preprocess/preprocess.ts';
export {
  type ChampionFile,
  championFileIn,
  type LoadedModel,
  loadChampion,
  loadVersion,
  maxChampionFileBytes,
  parseChampionFile,
  readChampionFile,
  writeChampionFile,
} from './registry/champion.ts';
export { decodeModel, encodeModel } from './registry/model-file.ts';
export { type LayeredModels, layersOf, type ModelsFolder } from './registry/models-folder.ts';
export { maxModelFileBytes } from './registry/read-into-kernel-memory.ts';
export { loadModel, saveModel } from './registry/saved-model.ts';
export { selfTest } from './registry/self-test/self-test.ts';
export {
  readStrongestImages,
  type SearchedImages,
  writeStrongestImages,
} from './registry/strongest-images-file.ts';
export { findVersion } from './registry/versions.ts';
