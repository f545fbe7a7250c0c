// The answers of /model/layers/:layer/neurons/:index: one neuron of the served model, and the same neuron
// for one picture.

import { type Static, Type } from 'typebox';
import { exampleModel, ModelReference } from './model.ts';

/** Bytes of an image of `NeuronExample`: 28 × 28. */
const imageBytes = 784;

/** In base64 with padding (RFC 4648, section 4). */
const imageCharacters = Math.ceil(imageBytes / 3) * 4;

/** Where a neuron is. */
const position = {
  layer: Type.Integer({
    minimum: 1,
    description: 'Its place in the `layers` of GET /model: 1 is the first hidden layer.',
  }),
  index: Type.Integer({ minimum: 0, description: 'Its place in the layer, from 0.' }),
};

/** A test image that excites a neuron more than most others do. */
export const NeuronExample = Type.Object({
  index: Type.Integer({ minimum: 0, description: 'Its place in the MNIST test images, from 0.' }),
  label: Type.Integer({ minimum: 0, maximum: 9 }),
  activation: Type.Number({ description: 'Of the neuron, for this image.' }),
  pixels: Type.String({
    minLength: imageCharacters,
    maxLength: imageCharacters,
    description: 'Base64 of 28 × 28 bytes, ink is 255.',
  }),
});

export type NeuronExample = Static<typeof NeuronExample>;

const numberOfInputs = { minItems: 784, maxItems: 784 };
const numberOfDigits = { minItems: 10, maxItems: 10 };

const exampleInputWeights = Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 0.031 : -0.002));
const exampleDigitWeights = [-0.11, 0.42, -0.03, -0.2, 0.08, -0.09, -0.15, 0.3, -0.07, 0.02];

/** One neuron, for no particular picture. */
export const Neuron = Type.Object(
  {
    model: ModelReference,
    ...position,
    bias: Type.Number(),
    weights: Type.Array(Type.Number(), {
      description: 'Its incoming weights, one for each value of the layer before.',
    }),
    inputWeights: Type.Array(Type.Number(), {
      ...numberOfInputs,
      description:
        'Its weights as a picture of 28 × 28 values. In layer 1 they are `weights`; in a later layer ' +
        '`weights` multiplied by the weights of the layers before, as if every neuron there were active.',
    }),
    digitWeights: Type.Array(Type.Number(), {
      ...numberOfDigits,
      description:
        'How much it speaks for each digit from 0: its outgoing weights, multiplied by the weights of ' +
        'the layers after, as if every neuron there were active.',
    }),
    examples: Type.Union([Type.Array(NeuronExample, { maxItems: 9 }), Type.Null()], {
      description:
        'The test images that excite it most, the strongest first; none for a neuron that no image ' +
        'excites, null unless `examplesStatus` is `ready`.',
    }),
    examplesStatus: Type.Union(
      [Type.Literal('ready'), Type.Literal('computing'), Type.Literal('unavailable')],
      {
        description:
          '`computing`: ask again after a second; `unavailable`: the service has no MNIST test images.',
      },
    ),
  },
  {
    title: 'Neuron',
    examples: [
      {
        model: exampleModel,
        layer: 1,
        index: 17,
        bias: 0.05,
        weights: exampleInputWeights,
        inputWeights: exampleInputWeights,
        digitWeights: exampleDigitWeights,
        examples: [
          {
            index: 0,
            label: 7,
            activation: 3.172,
            pixels: `${'A'.repeat(imageCharacters - 2)}==`,
          },
        ],
        examplesStatus: 'ready',
      },
    ],
  },
);

export type Neuron = Static<typeof Neuron>;

/** One neuron for one picture, along the path of the neurons that the picture activates. */
export const NeuronActivation = Type.Object(
  {
    model: ModelReference,
    ...position,
    activation: Type.Number({
      description: 'Its output: 0 or more in a hidden layer, a logit in the last one.',
    }),
    inputWeights: Type.Array(Type.Number(), {
      ...numberOfInputs,
      description:
        'The slope of its value before ReLU for each input value, 28 × 28, so for a neuron at 0, too.',
    }),
    digitWeights: Type.Array(Type.Number(), {
      ...numberOfDigits,
      description: "The slope of each digit's logit, from 0, for its output.",
    }),
  },
  {
    title: 'NeuronActivation',
    examples: [
      {
        model: exampleModel,
        layer: 2,
        index: 5,
        activation: 1.204,
        inputWeights: exampleInputWeights,
        digitWeights: exampleDigitWeights,
      },
    ],
  },
);

export type NeuronActivation = Static<typeof NeuronActivation>;
