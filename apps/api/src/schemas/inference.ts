// The messages of the Open Inference Protocol v2 over REST that this service supports:
// https://github.com/kserve/open-inference-protocol, specification/protocol/inference_rest.md

import { exampleModel } from '@digits/protocol';
import { type Static, Type } from 'typebox';

const Parameters = Type.Record(Type.String(), Type.Unknown());

/** `data` is checked when it is converted; a schema check would cost more than the network. */
export const InferenceRequest = Type.Object(
  {
    id: Type.Optional(Type.String()),
    parameters: Type.Optional(Parameters),
    inputs: Type.Array(
      Type.Object({
        name: Type.String(),
        shape: Type.Array(Type.Integer()),
        datatype: Type.String(),
        parameters: Type.Optional(Parameters),
        data: Type.Optional(Type.Unknown()),
      }),
    ),
    outputs: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), parameters: Type.Optional(Parameters) })),
    ),
  },
  {
    title: 'InferenceRequest',
    examples: [
      {
        id: '42',
        inputs: [
          {
            name: 'input',
            shape: [1, 784],
            datatype: 'FP32',
            data: Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 1 : 0)),
          },
        ],
      },
    ],
  },
);

export type InferenceRequest = Static<typeof InferenceRequest>;

export const InferenceResponse = Type.Object(
  {
    model_name: Type.String(),
    model_version: Type.String(),
    id: Type.Optional(Type.String()),
    outputs: Type.Array(
      Type.Object({
        name: Type.String(),
        shape: Type.Array(Type.Integer()),
        datatype: Type.String(),
        parameters: Type.Optional(Parameters),
        data: Type.Optional(Type.Array(Type.Union([Type.Number(), Type.String()]))),
      }),
    ),
  },
  {
    title: 'InferenceResponse',
    examples: [
      {
        model_name: exampleModel.name,
        model_version: exampleModel.version,
        id: '42',
        outputs: [
          {
            name: 'probabilities',
            shape: [1, 10],
            datatype: 'FP32',
            data: [0.001, 0.991, 0.001, 0.001, 0.001, 0, 0.001, 0.002, 0.001, 0.001],
          },
          { name: 'digit', shape: [1], datatype: 'INT64', data: [1] },
        ],
      },
    ],
  },
);

export const InferenceError = Type.Object(
  { error: Type.String(), code: Type.String({ description: 'A stable code for programs.' }) },
  { title: 'InferenceError' },
);

const MetadataTensor = Type.Object({
  name: Type.String(),
  datatype: Type.String(),
  shape: Type.Array(Type.Integer()),
});

const MetadataInput = Type.Object({
  ...MetadataTensor.properties,
  parameters: Type.Object(
    {
      datatypes: Type.Array(Type.String()),
      shapes: Type.Array(Type.Array(Type.Integer())),
    },
    { description: 'All datatypes and shapes that are accepted.' },
  ),
});

export const ServerMetadata = Type.Object(
  {
    name: Type.String(),
    version: Type.String(),
    extensions: Type.Array(Type.String()),
  },
  {
    title: 'ServerMetadata',
    examples: [
      {
        name: exampleModel.name,
        version: '0.2.0',
        extensions: ['binary_tensor_data', 'classification'],
      },
    ],
  },
);

export const ModelMetadata = Type.Object(
  {
    name: Type.String(),
    versions: Type.Array(Type.String()),
    platform: Type.String(),
    inputs: Type.Array(MetadataInput),
    outputs: Type.Array(MetadataTensor),
  },
  {
    title: 'ModelMetadata',
    examples: [
      {
        name: exampleModel.name,
        versions: [exampleModel.version],
        platform: 'digits_safetensors',
        inputs: [
          {
            name: 'input',
            datatype: 'FP32',
            shape: [-1, 784],
            parameters: {
              datatypes: ['FP32', 'FP64', 'UINT8'],
              shapes: [
                [-1, 784],
                [-1, 28, 28],
                [-1, 28, 28, 1],
                [-1, 1, 28, 28],
              ],
            },
          },
        ],
        outputs: [
          { name: 'probabilities', datatype: 'FP32', shape: [-1, 10] },
          { name: 'digit', datatype: 'INT64', shape: [-1] },
        ],
      },
    ],
  },
);

/** The protocol's text names the member "live"; KServe's clients read "ready". */
export const ServerReadiness = Type.Object(
  { live: Type.Boolean(), ready: Type.Boolean() },
  { examples: [{ live: true, ready: true }] },
);
export const ServerLiveness = Type.Object({ live: Type.Boolean() }, { examples: [{ live: true }] });
export const ModelReadiness = Type.Object(
  { name: Type.String(), ready: Type.Boolean() },
  { examples: [{ name: exampleModel.name, ready: true }] },
);
