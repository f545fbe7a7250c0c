// The lines of nn:train --json (JSON Lines). Phases, epochs and batches count from 1.

import { type Static, Type } from 'typebox';
import { digitCount } from './constants.ts';
import { VersionName } from './gate-result.ts';
import { Sha256 } from './model.ts';
import { Schedule } from './training-configuration.ts';

const Count = Type.Integer({ minimum: 0 });
const Ordinal = Type.Integer({ minimum: 1 });

const position = { phase: Ordinal, phases: Ordinal, epoch: Ordinal, epochs: Ordinal };

/** Accuracy and loss of a network on a set of samples. */
export const Measurement = Type.Object({
  count: Count,
  correct: Count,
  /** correct / count */
  accuracy: Type.Number(),
  /** mean cross-entropy, in nats */
  loss: Type.Number(),
});

export type Measurement = Static<typeof Measurement>;

/** A correction that is left out of the training because its label is probably wrong. */
export const SuspectLabel = Type.Object({
  id: Type.String(),
  label: Type.Integer({ minimum: 0, maximum: 9 }),
  /** `contradicted`: the same image has a newer label; `unlike`: the label does not fit the image */
  why: Type.Enum(['unlike', 'contradicted']),
  /** the champion's prediction */
  said: Type.Integer({ minimum: 0, maximum: 9 }),
  /** probability of that prediction */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  /** labels of the most similar training images */
  neighbours: Type.Array(Type.Integer()),
  /** labels of the most similar corrections */
  companions: Type.Array(Type.Integer()),
  /** path of the picture as a PNG file, null in a dry run */
  file: Type.Union([Type.String(), Type.Null()]),
});

export type SuspectLabel = Static<typeof SuspectLabel>;

/** The corrections that are trained on, held out or suspect. */
export const CorrectionsEvent = Type.Object({
  type: Type.Literal('corrections'),
  /** URL or path that they were read from */
  source: Type.String(),
  count: Count,
  trained: Count,
  heldOut: Count,
  doubtful: Type.Array(SuspectLabel),
  /** path of a page that shows the suspect labels, null if there are none */
  page: Type.Union([Type.String(), Type.Null()]),
});

export type CorrectionsEvent = Static<typeof CorrectionsEvent>;

/** Emitted first with --resume. */
export const ResumeEvent = Type.Object({
  type: Type.Literal('resume'),
  /** whether the run has no checkpoint, because it ended before its first one */
  startsOver: Type.Boolean(),
});

export type ResumeEvent = Static<typeof ResumeEvent>;

/** Emitted while the pictures are prepared, before the first phase: at once, then about once a second. */
export const SynthesisEvent = Type.Object({
  type: Type.Literal('synthesis'),
  /** `images`: those of the data set are preprocessed; `drawings`: further ones are synthesised */
  step: Type.Enum(['images', 'drawings']),
  /** pictures of this step that are done */
  done: Count,
  /** pictures of this step, null until the data has been read */
  of: Type.Union([Count, Type.Null()]),
});

export type SynthesisEvent = Static<typeof SynthesisEvent>;

/** Emitted at the beginning of a phase. */
export const PhaseEvent = Type.Object({
  type: Type.Literal('phase'),
  phase: Ordinal,
  phases: Ordinal,
  batchSize: Ordinal,
  epochs: Ordinal,
  learningRate: Type.Number(),
  schedule: Schedule,
});

export type PhaseEvent = Static<typeof PhaseEvent>;

/** Emitted after each training step. */
export const BatchEvent = Type.Object({
  type: Type.Literal('batch'),
  ...position,
  batch: Ordinal,
  batches: Ordinal,
  /** images in this batch */
  images: Ordinal,
  /** mean cross-entropy of this batch, in nats */
  loss: Type.Number(),
});

export type BatchEvent = Static<typeof BatchEvent>;

/** Emitted after each epoch and its validation; also the lines of training.jsonl. */
export const EpochEvent = Type.Object({
  type: Type.Literal('epoch'),
  ...position,
  /** mean cross-entropy over the epoch's steps, each before its update, in nats */
  loss: Type.Number(),
  /** of the epoch's last step */
  learningRate: Type.Number(),
  validation: Measurement,
});

export type EpochEvent = Static<typeof EpochEvent>;

/** The answer of the network to one picture. */
export const ProbeAnswer = Type.Object({
  /** path of the picture, as it was given; of a picture sent to --watch, its name */
  picture: Type.String(),
  /** the most probable digit, null for a blank picture */
  digit: Type.Union([Type.Integer({ minimum: 0, maximum: 9 }), Type.Null()]),
  /** of the ten digits, without a temperature; all equal for a blank picture */
  probabilities: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
    minItems: digitCount,
    maxItems: digitCount,
  }),
});

export type ProbeAnswer = Static<typeof ProbeAnswer>;

/** Emitted with --probe at the start, every so many steps and at the end: the answers at that moment. */
export const ProbeEvent = Type.Object({
  type: Type.Literal('probe'),
  /** completed steps of the run */
  step: Count,
  answers: Type.Array(ProbeAnswer),
});

export type ProbeEvent = Static<typeof ProbeEvent>;

/** Emitted with --watch some times a second: the weights of the first layer's first units. */
export const FiltersEvent = Type.Object({
  type: Type.Literal('filters'),
  step: Count,
  units: Count,
  /** pixels of a side of a unit's weights */
  side: Ordinal,
  /** base64 of signed bytes [units, side, side]; the largest weight of each unit is ±127 */
  weights: Type.String(),
});

export type FiltersEvent = Static<typeof FiltersEvent>;

/** Emitted with --watch after each epoch: what the network gets wrong in the validation samples. */
export const MistakesEvent = Type.Object({
  type: Type.Literal('mistakes'),
  ...position,
  /** [actual][predicted]: numbers of samples */
  confusions: Type.Array(Type.Array(Count)),
  /** all wrong predictions */
  count: Count,
  /** the most confident of them, with their pictures */
  examples: Type.Array(
    Type.Object({
      /** in the validation samples, from 0 */
      index: Count,
      actual: Type.Integer({ minimum: 0 }),
      predicted: Type.Integer({ minimum: 0 }),
      /** of the prediction */
      confidence: Type.Number({ minimum: 0, maximum: 1 }),
      /** base64 of bytes [side, side] of ink */
      pixels: Type.String(),
    }),
  ),
});

export type MistakesEvent = Static<typeof MistakesEvent>;

/** Emitted when a checkpoint has been written. */
export const CheckpointEvent = Type.Object({ type: Type.Literal('checkpoint'), ...position });

export type CheckpointEvent = Static<typeof CheckpointEvent>;

/** How many corrections are classified correctly, before and after the training. */
const LearntCorrections = Type.Object({
  count: Count,
  /** by the champion that the training started from, null if it started from random weights */
  before: Type.Union([Count, Type.Null()]),
  after: Count,
});

/** Emitted when the trained version has been saved; the last line. */
export const DoneEvent = Type.Object({
  type: Type.Literal('done'),
  /** as champion.json names it */
  model: Type.Object({ version: VersionName, path: Type.String(), sha256: Sha256 }),
  isChampion: Type.Boolean(),
  test: Measurement,
  validation: Measurement,
  /** null if no corrections were learnt */
  corrections: Type.Union([
    Type.Object({ trained: LearntCorrections, heldOut: LearntCorrections, doubtful: Count }),
    Type.Null(),
  ]),
});

export type DoneEvent = Static<typeof DoneEvent>;

/** Emitted instead of `done` with --no-save: the training is over and nothing was written. */
export const UnsavedEvent = Type.Object({
  type: Type.Literal('unsaved'),
  test: Measurement,
  validation: Measurement,
});

export type UnsavedEvent = Static<typeof UnsavedEvent>;

/** With --watch, a checkpoint or the model could not be written. The training goes on; `save` tries again. */
export const SaveFailedEvent = Type.Object({
  type: Type.Literal('save-failed'),
  why: Type.String(),
});

export type SaveFailedEvent = Static<typeof SaveFailedEvent>;

/** A line of nn:train --json, distinguished by `type`. */
export const TrainingEvent = Type.Union([
  ResumeEvent,
  SynthesisEvent,
  CorrectionsEvent,
  PhaseEvent,
  BatchEvent,
  ProbeEvent,
  FiltersEvent,
  EpochEvent,
  MistakesEvent,
  CheckpointEvent,
  DoneEvent,
  UnsavedEvent,
  SaveFailedEvent,
]);

export type TrainingEvent = Static<typeof TrainingEvent>;
