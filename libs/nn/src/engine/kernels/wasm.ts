// The kernels in WebAssembly SIMD. All arrays are views on one memory of fixed size, so they stay valid
// and are never copied; they are passed to the module (assembly/) as addresses.

import { NnError } from '../../errors.ts';
import type { KernelHandle, Kernels } from './kernels.ts';
import type { WasmExports } from './wasm-exports.ts';
import {
  type WasmMemory,
  type WasmModule,
  type WasmVariant,
  wasmModule,
  webAssembly,
} from './wasm-module.ts';

const pageBytes = 65_536;
/** Arrays start at cache lines. */
const alignmentBytes = 64;
/** Sufficient for training with profile champion; physical memory is used only for pages written to. */
const defaultMemoryBytes = 1 << 30;

/**
 * Creates a backend with a new memory, which is freed with the backend.
 *
 * @param memoryBytes size of the memory, for all arrays of the backend
 * @throws Error if the module has not been built or cannot run on this machine
 */
export function createWasmKernels(variant: WasmVariant, memoryBytes = defaultMemoryBytes): Kernels {
  return createIn(variant, memoryBytes, false);
}

/** As `createWasmKernels`, with a memory that can be shared with other threads. */
export function createSharedWasmKernels(
  variant: WasmVariant,
  memoryBytes = defaultMemoryBytes,
): Kernels {
  return createIn(variant, memoryBytes, true);
}

function createIn(variant: WasmVariant, memoryBytes: number, isShared: boolean): Kernels {
  const pages = Math.ceil(memoryBytes / pageBytes);
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: isShared });
  const module = wasmModule(variant, isShared);
  const exports = instantiate(module, memory);
  const { buffer } = memory;
  const reserve = createAllocator(memory, exports.heapBase());
  const reserveScratch = () => reserve(exports.scratchBytes());
  const name = `wasm-${variant}`;
  const createHandle = (): KernelHandle => ({
    type: 'wasm',
    name,
    module,
    memory,
    buffer,
    scratch: reserveScratch(),
  });
  return {
    name,
    createHandle: isShared ? createHandle : undefined,
    allocate: length => new Float32Array(buffer, reserve(4 * length), length),
    allocateLabels: length => new Uint8Array(buffer, reserve(length), length),
    ...bindExports(exports, buffer, reserveScratch()),
  };
}

/** Creates kernels on the memory of the kernels that created the handle. They cannot allocate arrays. */
export function attachWasmKernels(handle: KernelHandle & { readonly type: 'wasm' }): Kernels {
  const exports = instantiate(handle.module, handle.memory);
  const allocate = () => {
    throw new TypeError('only the thread that created the kernels can allocate arrays');
  };
  return {
    name: handle.name,
    createHandle: undefined,
    allocate,
    allocateLabels: allocate,
    ...bindExports(exports, handle.memory.buffer, handle.scratch),
  };
}

function instantiate(module: WasmModule, memory: WasmMemory): WasmExports {
  return new webAssembly.Instance(module, { env: { memory } }).exports as WasmExports;
}

/** The arithmetic part of the kernels. */
type Arithmetic = Omit<Kernels, 'name' | 'createHandle' | 'allocate' | 'allocateLabels'>;

function bindExports(exports: WasmExports, buffer: ArrayBufferLike, scratch: number): Arithmetic {
  const at = (array: Float32Array | Uint8Array): number => {
    if (array.buffer === buffer) return array.byteOffset;
    throw new TypeError('the array was not allocated by these kernels');
  };
  return {
    denseForward(output, input, { weight, bias, activation }, { M, K, N }) {
      const relu = activation === 'relu' ? 1 : 0;
      exports.denseForward(at(output), at(input), at(weight), at(bias), M, K, N, relu, scratch);
    },
    denseInputGradient(dInput, dOutput, weight, { M, K, N }) {
      exports.denseInputGradient(at(dInput), at(dOutput), at(weight), M, K, N);
    },
    packPanels(panels, matrix, { rows, columns, panelRows }) {
      exports.packPanels(at(panels), at(matrix), rows, columns, panelRows);
    },
    unpackPanels(matrix, panels, { rows, columns, panelRows }) {
      exports.unpackPanels(at(matrix), at(panels), rows, columns, panelRows);
    },
    packTransposedPanels(panels, matrix, { rows, columns, firstColumn, panelRows }) {
      exports.packTransposedPanels(at(panels), at(matrix), rows, columns, firstColumn, panelRows);
    },
    compressRows(sparseRows, matrix, shape) {
      exports.compressRows(
        at(sparseRows.values),
        sparseRows.capacity,
        sparseRows.segmentLength,
        at(matrix),
        shape.panelWidth,
        shape.panelRows,
        shape.firstRow,
        shape.rows,
        shape.firstColumn,
        shape.endColumn,
      );
    },
    transposeSparseRows(sparseColumns, sparseRows, { rows, firstColumn, endColumn }) {
      exports.transposeSparseRows(
        at(sparseColumns.values),
        sparseColumns.capacity,
        sparseColumns.segmentLength,
        at(sparseRows.values),
        sparseRows.capacity,
        sparseRows.segmentLength,
        rows,
        firstColumn,
        endColumn,
      );
    },
    sparseMatmul(output, { sparseRows, panels, bias }, shape, activation) {
      exports.sparseMatmul(
        at(output),
        4 * shape.rowStride,
        4 * shape.panelStride,
        at(sparseRows.values),
        sparseRows.capacity,
        sparseRows.segmentLength,
        shape.firstRow,
        shape.rows,
        shape.depth,
        at(panels),
        shape.panelRows,
        shape.panelCount,
        bias ? at(bias) : 0,
        activation === 'relu' ? 1 : 0,
      );
    },
    sumRows(sums, values, { M, N }) {
      exports.sumRows(at(sums), at(values), M, N);
    },
    reluBackward(dValues, values, length) {
      exports.reluBackward(at(dValues), at(values), length);
    },
    softmaxCrossEntropy(dLogits, logits, labels, { M, N, labelSmoothing, meanOver = M }) {
      const arrays = [at(dLogits), at(logits), at(labels)] as const;
      return exports.softmaxCrossEntropy(...arrays, M, N, labelSmoothing, meanOver);
    },
    momentumStep(parameter, velocity, gradient, step) {
      exports.momentumStep(
        at(parameter),
        at(velocity),
        at(gradient),
        parameter.length,
        step.learningRate,
        step.momentum,
        step.weightDecay,
        step.gradientWeight,
        step.velocityWeight,
      );
    },
    adamStep(parameter, { mean, square }, gradient, step) {
      exports.adamStep(
        at(parameter),
        at(mean),
        at(square),
        at(gradient),
        parameter.length,
        step.beta1,
        step.beta2,
        step.stepSize,
        step.squareScale,
        step.epsilon,
        step.decayFactor,
      );
    },
    average(averages, values, weight) {
      exports.average(at(averages), at(values), averages.length, weight);
    },
  };
}

/** A bump allocator: reserves memory from address `base` on and never frees it. */
function createAllocator(memory: WasmMemory, base: number): (bytes: number) => number {
  let free = Math.ceil(base / alignmentBytes) * alignmentBytes;
  return bytes => {
    const address = free;
    free += Math.ceil(bytes / alignmentBytes) * alignmentBytes;
    if (free > memory.buffer.byteLength) {
      throw new NnError(
        'model-unsupported',
        `cannot allocate ${bytes} bytes: the kernel memory of ${memory.buffer.byteLength} bytes is full: ` +
          'choose smaller layers or batches',
      );
    }
    return address;
  };
}
