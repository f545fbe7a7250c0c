// The schemas of all data exchanged between processes, and the types derived from them. To start
// faster, a program can import only types and './constants.ts' at first and this module later.

export {
  digitCount,
  type FeedbackSource,
  feedbackSources,
  type GateVerdict,
  gateVerdicts,
  type ImageContentType,
  imageContentTypes,
  inputLength,
  inputSide,
  type ProblemCode,
  problemCodes,
  problemContentType,
  type RejectionReason,
  rejectionReasons,
  type SubmittedSource,
  submittedSources,
} from './constants.ts';
export {
  FeedbackEntry,
  FeedbackPage,
  FeedbackSourceSchema,
  FeedbackSubmission,
  Label,
  ManifestLine,
  SubmittedSourceSchema,
} from './feedback.ts';
export { ComparedDigests, GateProgress, GateResult, GateRow, VersionName } from './gate-result.ts';
export { exampleModel, ModelReference, Readiness, Sha256 } from './model.ts';
export { Neuron, NeuronActivation, NeuronExample } from './neuron.ts';
export { Prediction } from './prediction.ts';
export { ProblemDetails, ReceivedProblem } from './problem.ts';
export { EvaluationFigures, RunMetrics, SetFigures } from './run-metrics.ts';
export { WatchCommand } from './training-commands.ts';
export { Schedule, TrainingConfiguration } from './training-configuration.ts';
export {
  BatchEvent,
  CheckpointEvent,
  CorrectionsEvent,
  DoneEvent,
  EpochEvent,
  FiltersEvent,
  Measurement,
  MistakesEvent,
  PhaseEvent,
  ProbeAnswer,
  ProbeEvent,
  ResumeEvent,
  SaveFailedEvent,
  SuspectLabel,
  SynthesisEvent,
  TrainingEvent,
  UnsavedEvent,
} from './training-events.ts';
