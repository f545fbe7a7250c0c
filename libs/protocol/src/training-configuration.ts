// The schema of the configuration file of nn:train --config. Options that a file leaves out are taken
// from the profile; unknown names are rejected.

import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };
const Fraction = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const FractionBelowOne = (description: string) =>
  Type.Number({ minimum: 0, exclusiveMaximum: 1, description });
const Size = (description: string) => Type.Number({ minimum: 0, maximum: 1000, description });

/** How the learning rate changes during a phase. */
export const Schedule = Type.Union(
  [
    Type.Object({ type: Type.Literal('constant') }, strict),
    Type.Object(
      {
        type: Type.Literal('step'),
        factor: Type.Number({
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'The rate is multiplied by this from each part of the phase to the next.',
        }),
        parts: Type.Integer({
          minimum: 1,
          maximum: 1000,
          description: 'Equal parts of the phase.',
        }),
      },
      strict,
    ),
    Type.Object(
      {
        type: Type.Literal('cosine'),
        finalFraction: Fraction('Of the rate, at the end of the phase.'),
      },
      strict,
    ),
    Type.Object(
      {
        type: Type.Literal('one-cycle'),
        startFraction: Fraction('Of the rate, at the beginning of the phase.'),
        warmUpFraction: FractionBelowOne('Of the phase, until the rate is reached.'),
        finalFraction: Fraction('Of the rate, at the end of the phase.'),
      },
      strict,
    ),
  ],
  { description: 'How the learning rate changes during the phase.' },
);

export type Schedule = Static<typeof Schedule>;

const Phase = Type.Object(
  {
    batchSize: Type.Integer({ minimum: 1, maximum: 65_536 }),
    epochs: Type.Integer({ minimum: 1, maximum: 10_000 }),
    learningRate: Type.Number({ exclusiveMinimum: 0, maximum: 100, description: 'The highest.' }),
    schedule: Schedule,
  },
  strict,
);

const weightDecay = Type.Number({ minimum: 0, maximum: 1 });

const Optimizer = Type.Union([
  Type.Object(
    {
      type: Type.Literal('sgd'),
      momentum: FractionBelowOne('Fraction of the velocity that a step keeps.'),
      nesterov: Type.Boolean(),
      weightDecay,
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('adamw'),
      beta1: FractionBelowOne('Fraction of the mean gradient that a step keeps.'),
      beta2: FractionBelowOne('Fraction of the mean squared gradient that a step keeps.'),
      epsilon: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
      weightDecay,
    },
    strict,
  ),
]);

const degrees = { minimum: 0, maximum: 180 } as const;

const Augmentation = Type.Object(
  {
    rotation: Type.Union(
      [Type.Number(degrees), Type.Array(Type.Number(degrees), { minItems: 1, maxItems: 256 })],
      { description: '± degrees, or those of each class.' },
    ),
    scale: FractionBelowOne('± fraction of the size, for each direction.'),
    shear: Fraction('± pixels to the side for each pixel of height.'),
    shift: Type.Number({ minimum: 0, maximum: 14, description: '± pixels, for each direction.' }),
    elastic: Type.Union([
      Type.Object(
        {
          sigma: Type.Number({ exclusiveMinimum: 0, maximum: 20, description: 'Pixels.' }),
          alpha: Type.Number({ minimum: 0, maximum: 1000 }),
        },
        strict,
      ),
      Type.Null(),
    ]),
    thickness: Fraction('± pixels of stroke thickness, for a quarter of the images.'),
  },
  { ...strict, description: 'The largest random change of each kind.' },
);

const Recipe = Type.Object(
  {
    images: Type.Integer({ minimum: 1, maximum: 100, description: 'Repetitions of every image.' }),
    restroked: Size('Images drawn again along their centre lines, for each image.'),
    synthetic: Size('Synthetic digits for each image.'),
    degraded: Size('Degraded copies for each image.'),
    recorded: Size('Renderings of each recorded drawing.'),
    pictures: Size('Uses of each further picture.'),
    outliers: Size('Outliers for each of all other images.'),
  },
  { ...strict, description: 'What an epoch consists of.' },
);

/** The content of a configuration file. */
export const TrainingConfiguration = Type.Object(
  {
    layerSizes: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 16_384 }), {
        minItems: 2,
        maxItems: 12,
        description: 'Inputs (784), hidden layers, classes (10).',
      }),
    ),
    phases: Type.Optional(Type.Array(Phase, { minItems: 1, maxItems: 20 })),
    optimizer: Type.Optional(Optimizer),
    labelSmoothing: Type.Optional(
      FractionBelowOne('Fraction of every target that is spread over all classes.'),
    ),
    augmentation: Type.Optional(Type.Union([Augmentation, Type.Null()])),
    averaging: Type.Optional(
      Type.Union([
        Type.Object(
          { decay: FractionBelowOne('Fraction of the average that a step keeps.') },
          strict,
        ),
        Type.Null(),
      ]),
    ),
    earlyStopping: Type.Optional(
      Type.Union([
        Type.Object(
          {
            patience: Type.Integer({
              minimum: 1,
              maximum: 10_000,
              description: 'Epochs without a higher validation accuracy.',
            }),
          },
          strict,
        ),
        Type.Null(),
      ]),
    ),
    recipe: Type.Optional(Type.Partial(Recipe, strict)),
    maxImages: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Training images that are used at most.' }),
    ),
  },
  { ...strict, title: 'TrainingConfiguration' },
);

export type TrainingConfiguration = Static<typeof TrainingConfiguration>;
