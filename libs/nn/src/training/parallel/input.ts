// Prepares the input of a step: reads the batch's images, augments them if configured, and compresses
// them for the first layer.

import {
  augmentSample,
  checkAugmentable,
  valuesPerAugmentation,
} from '../../data/augment/augment.ts';
import { type DisplacementField, fieldSide } from '../../data/augment/elastic-distortion.ts';
import { gatherRow, type InputValues, outlierLabel, type Samples } from '../../data/samples.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import type { TrainingConfiguration } from '../configuration.ts';
import type { BatchBuffers } from './batch-buffers.ts';
import { createTaskStage, type RowOperation, type Stage } from './stage.ts';

/** The source of the batches; the main thread fills all arrays but the samples. */
export interface DataSource {
  readonly samples: Samples<InputValues>;
  /** [samples.count], the order of the epoch */
  readonly order: Uint32Array;
  /** [capacity, valuesPerAugmentation], the augmentation of each row of the batch */
  readonly augmentations: Float64Array;
  /** the displacement field of the epoch, for elastic distortion */
  readonly field: DisplacementField | null;
}

/**
 * Allocates a data source.
 *
 * @throws NnError as `checkAugmentable` if the configuration has an augmentation
 * @param isShared whether other threads read the samples, which are then copied to shared memory
 */
export function createDataSource(
  kernels: Kernels,
  samples: Samples<InputValues>,
  { augmentation }: TrainingConfiguration,
  { capacity, isShared }: { readonly capacity: number; readonly isShared: boolean },
): DataSource {
  if (augmentation) checkAugmentable(samples);
  const augmentationBytes = 8 * capacity * valuesPerAugmentation;
  const displacements = () => kernels.allocate(fieldSide * fieldSide);
  return {
    samples: isShared ? copyToSharedMemory(samples) : samples,
    order: new Uint32Array(new SharedArrayBuffer(4 * samples.count)),
    augmentations: new Float64Array(new SharedArrayBuffer(augmentationBytes)),
    field: augmentation?.elastic ? { dx: displacements(), dy: displacements() } : null,
  };
}

function isInk(samples: Samples<InputValues>): samples is Samples {
  return samples.inputs instanceof Uint8Array;
}

function copyToSharedMemory(samples: Samples<InputValues>): Samples<InputValues> {
  const { inputs, labels } = samples;
  const sharedLabels = new Uint8Array(new SharedArrayBuffer(labels.length));
  sharedLabels.set(labels);
  const values = new SharedArrayBuffer(inputs.byteLength);
  const shared = isInk(samples) ? new Uint8Array(values) : new Float32Array(values);
  shared.set(inputs);
  return { ...samples, inputs: shared, labels: sharedLabels };
}

/** input, labels and smoothing of some rows ← the samples at their positions in the epoch's order */
export function createSampleReader(
  { samples, order, augmentations, field }: DataSource,
  { labelSmoothing, augmentation }: TrainingConfiguration,
  { input, labels, smoothing }: Pick<BatchBuffers, 'input' | 'labels' | 'smoothing'>,
): RowOperation {
  return ({ firstRow, rows }, { firstSample }) => {
    for (let row = firstRow; row < firstRow + rows; row++) {
      const index = order[firstSample + row]!;
      const label = samples.labels[index]!;
      labels[row] = label === outlierLabel ? 0 : label;
      smoothing[row] = label === outlierLabel ? 1 : labelSmoothing;
      const at = row * samples.size;
      if (augmentation && isInk(samples)) {
        augmentSample(input, at, { samples, index }, { values: augmentations, row, field });
      } else {
        gatherRow(input, at, samples, index);
      }
    }
  };
}

/** inputRows[M, inputs] ← the non-zero values of input[M, inputs] */
export function createInputCompression(
  kernels: Kernels,
  { input, inputs }: { readonly input: Float32Array; readonly inputs: number },
  { inputRows }: { readonly inputRows: SparseRows },
): RowOperation {
  // A row-major matrix is a single panel, for which `panelRows` is not used.
  const shape = { panelWidth: inputs, panelRows: 0, firstColumn: 0, endColumn: inputs };
  return range => kernels.compressRows(inputRows, input, { ...shape, ...range });
}

/** inputColumns[inputs, M] ← inputRows[M, inputs]ᵀ; a task is one segment of the columns. */
export function createInputTransposition(
  kernels: Kernels,
  { inputRows, inputs }: { readonly inputRows: SparseRows; readonly inputs: number },
  { inputColumns }: { readonly inputColumns: SparseRows },
): Stage {
  const { segmentLength } = inputRows;
  const segments = Math.ceil(inputs / segmentLength);
  return createTaskStage(
    Array.from({ length: segments }, (_, segment) => {
      const firstColumn = segment * segmentLength;
      const endColumn = Math.min(inputs, firstColumn + segmentLength);
      return ({ M }) =>
        kernels.transposeSparseRows(inputColumns, inputRows, { rows: M, firstColumn, endColumn });
    }),
  );
}
