// One training step: input → forward → loss → backward → update. Each stage is created from the kernels
// and the arrays that it reads and writes; the threads share its tasks. To understand a step, read
// engine/readable.ts first: the same in plain loops, against which the gradients and the weights of this one
// are tested.
//
//   M  rows of the batch     Kᵢ, Nᵢ  inputs and outputs of layer i = 0 … L, Nᵢ = Kᵢ₊₁     C  classes
//   dOutput  the gradient of the loss before a layer's activation: dz in engine/dense.ts
//   rows     a matrix [M, …] as sparse rows: its non-zero values
//   columns  the transpose of rows, for the weight gradient
//   panels   a matrix cut into panels of 32 columns, to which all sizes but K₀ are padded; so is C to the
//            last layer's N

import type { Kernels } from '../../engine/kernels/kernels.ts';
import { createBackwardStage, createGradientPacking, createLastLayerBackward } from './backward.ts';
import { createDistillation, createTeacherStages } from './distillation.ts';
import { createForwardStage, createLogitsOperation } from './forward.ts';
import { createInputCompression, createInputTransposition, createSampleReader } from './input.ts';
import { createLossOperation } from './loss.ts';
import { createRowStage, mergeStages, type RowOperation, type Stage } from './stage.ts';
import type { StepMemory } from './step-memory.ts';
import { createUpdateStage } from './update.ts';

/**
 * The stages of a step, in order. Each begins when all tasks of the previous one are done.
 *
 * @param thread index of the thread that will run the tasks, from 0; each has a gradient buffer of its own
 */
export function createStepStages(kernels: Kernels, memory: StepMemory, thread: number): Stage[] {
  return [
    // samples → input[M, K₀], labels[M], smoothing[M]
    ...inputStages(kernels, memory),
    // input[M, Kᵢ], weight[Kᵢ, Nᵢ], bias[Nᵢ] → output[M, Nᵢ] of each hidden layer
    ...forwardStages(kernels, memory),
    // input[M, K] of the last layer, targets → logits[M, C], losses[M], dLogits[M, C], dInput[M, K]
    lossStage(kernels, memory),
    // dOutput[M, Nᵢ], weight[Kᵢ, Nᵢ] → dInput[M, Kᵢ], which is dOutput of layer i − 1
    ...backwardStages(kernels, memory),
    // input[M, Kᵢ], dOutput[M, Nᵢ] → weight[Kᵢ, Nᵢ], bias[Nᵢ] of every layer
    updateStage(kernels, memory, thread),
  ];
}

/** The batch of the step, augmented, as rows[M, K₀] and columns[K₀, M]. */
function inputStages(kernels: Kernels, memory: StepMemory): Stage[] {
  const { configuration, source, batch, parameters, buffers } = memory;
  const { input, labels, smoothing } = batch;
  const { inputs } = parameters.layers[0]!;
  const { inputRows, inputColumns } = buffers[0]!;
  return [
    createRowStage([
      createSampleReader(source, configuration, { input, labels, smoothing }),
      createInputCompression(kernels, { input, inputs }, { inputRows }),
    ]),
    createInputTransposition(kernels, { inputRows, inputs }, { inputColumns }),
  ];
}

/**
 * For each hidden layer i: output[M, Nᵢ] = ReLU(rows[M, Kᵢ] · weight + bias), the next layer's input. The
 * teachers' layers are computed in the same stages.
 */
function forwardStages(kernels: Kernels, { parameters, buffers, teachers }: StepMemory): Stage[] {
  const { layers } = parameters;
  const ownStage = (i: number) => {
    const { inputRows, output } = buffers[i]!;
    const { inputRows: outputRows, inputColumns: outputColumns } = buffers[i + 1]!;
    const layer = layers[i]!;
    return createForwardStage(kernels, { layer, inputRows }, { output, outputRows, outputColumns });
  };
  const depths = [layers, ...teachers.map(teacher => teacher.layers)].map(
    ({ length }) => length - 1,
  );
  return Array.from({ length: Math.max(...depths) }, (_, i) =>
    mergeStages([
      ...(i < layers.length - 1 ? [ownStage(i)] : []),
      ...createTeacherStages(kernels, teachers, i),
    ]),
  );
}

/**
 * The last layer, split by rows: logits[M, N] = rows[M, K] · weight + bias, the loss of each row and its
 * gradient dLogits[M, N], with distillation, and the gradient with respect to the layer's input.
 */
function lossStage(kernels: Kernels, memory: StepMemory): Stage {
  const { configuration, batch, parameters, buffers, teachers } = memory;
  const classes = configuration.layerSizes.at(-1)!;
  const { labels, smoothing, logits, dLogits, losses } = batch;
  const layer = parameters.layers.at(-1)!;
  const { inputRows, dOutput } = buffers.at(-1)!;
  const capacity = labels.length;
  const lossInputs = { logits, labels, smoothing };
  return createRowStage([
    createLogitsOperation(kernels, { layer, inputRows }, { logits }),
    createLossOperation(kernels, lossInputs, { dLogits, losses }, classes),
    createDistillation(kernels, { teachers, ...lossInputs }, { dLogits, losses }, classes),
    createGradientPacking(kernels, { dLogits, capacity }, { dOutput }),
    ...lastLayerBackward(kernels, memory),
  ]);
}

/** dInput[M, K] of the last layer ← dLogits[M, N]; empty without a hidden layer. */
function lastLayerBackward(kernels: Kernels, memory: StepMemory): RowOperation[] {
  const { batch, parameters, buffers } = memory;
  const layer = parameters.layers.at(-1)!;
  const transposedWeight = parameters.transposedWeights.at(-1);
  const { dOutputRows } = buffers.at(-1)!;
  const before = buffers.at(-2);
  if (!transposedWeight || !dOutputRows || !before) return [];
  const { output: input, dOutput: dInput, dOutputRows: dInputRows } = before;
  const { dLogits } = batch;
  return [
    createLastLayerBackward(
      kernels,
      { layer, transposedWeight, input, dLogits },
      { dOutputRows, dInput, dInputRows },
    ),
  ];
}

/**
 * For each layer i between the first and the last, in reverse order: dInput[M, Kᵢ] = dOutput[M, Nᵢ] ·
 * weightᵀ through the ReLU of layer i − 1; it is the dOutput of that layer.
 */
function backwardStages(kernels: Kernels, { parameters, buffers }: StepMemory): Stage[] {
  const { layers, transposedWeights } = parameters;
  const indices = [...layers.keys()].slice(1, -1).toReversed();
  return indices.map(i => {
    const transposedWeight = transposedWeights[i]!;
    const dOutputRows = buffers[i]!.dOutputRows!;
    const { output: input, dOutput: dInput, dOutputRows: dInputRows } = buffers[i - 1]!;
    return createBackwardStage(
      kernels,
      { layer: layers[i]!, transposedWeight, dOutputRows, input },
      { dInput, dInputRows },
    );
  });
}

/** weight, bias ← optimizer(columns[K, M] · dOutput[M, N], Σ dOutput) for all layers */
function updateStage(kernels: Kernels, memory: StepMemory, thread: number): Stage {
  const { configuration, parameters, buffers, gradients } = memory;
  return createUpdateStage(
    kernels,
    configuration,
    { buffers, gradient: gradients[thread]! },
    parameters,
  );
}
