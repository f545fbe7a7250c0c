// The public interface: what the terminal app and the page in the browser do alike, as functions on plain
// data, without terminal, DOM, network or clock.

export { createBackOff } from './back-off.ts';
export { type CorrectionCounts, correctionsText } from './corrections-text.ts';
export {
  brushRadii,
  brushText,
  type DrawingAction,
  type DrawingState,
  initialDrawing,
  penText,
  reduceDrawing,
  toolText,
} from './drawing.ts';
export { fractionsOf, heatColour, heatOf } from './neuron/heat.ts';
export {
  emptyInside,
  type Inside,
  type InsideView,
  type NeuronAction,
  type NeuronRequest,
  nextNeuronRequest,
  reduceInside,
  type SelectedNeuron,
  selectionIn,
} from './neuron/inside.ts';
export type {
  Neuron,
  NeuronActivation,
  NeuronExample,
  NeuronPosition,
} from './neuron/neuron.ts';
export { createNeuronRequests } from './neuron/neuron-requests.ts';
export {
  digitsLine,
  digitWeightsOf,
  examplesText,
  formatOutput,
  neuronLine,
  neuronSentences,
} from './neuron/neuron-text.ts';
export {
  activeCount,
  moveChoice,
  type NeuronChoice,
  type ShownLayer,
  selectNeuron,
  shownLayersOf,
} from './neuron/selection.ts';
export {
  confusionMatrix,
  continuePractice,
  finishRound,
  isWon,
  type Practice,
  type Round,
  readingOf,
  scoreOf,
  skipDigit,
  startPractice,
  submitRound,
  switchGame,
  withdrawRound,
} from './practice/practice.ts';
export { createPracticeCheck, type PracticeCheckAction } from './practice/practice-check.ts';
export {
  commonMistakeLine,
  consentQuestion,
  practiceTitle,
  roundText,
  scoreLines,
  summaryTitle,
} from './practice/practice-text.ts';
export { alignSaliency } from './prediction/align-saliency.ts';
export { evidenceSentence } from './prediction/evidence-text.ts';
export {
  createPacedRequests,
  createPredictionRequester,
  type RequestedPrediction,
} from './prediction/live-prediction.ts';
export {
  type Prediction,
  type ServedModel,
  topClassOf,
} from './prediction/prediction.ts';
export {
  failureFor,
  isPredictionDue,
  noPrediction,
  type PredictedDrawing,
  type PredictionAction,
  type PredictionNeed,
  type PredictionState,
  reducePrediction,
  shownPredictionOf,
  withDrawingChanged,
} from './prediction/prediction-state.ts';
export {
  aDigit,
  bigDigitOf,
  confidenceLine,
  digitLine,
  formatPercent,
  modelLine,
  predictionSentence,
} from './prediction/prediction-text.ts';
export {
  feedbackPath,
  neuronPath,
  type PredictionParts,
  predictPath,
} from './service-paths.ts';
export { isEvidenceShown, isReviewing, rasterOf, shownPrediction } from './shown.ts';
