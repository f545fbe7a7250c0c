/// <reference path="./webassembly.d.ts" />
// The kernels in WebAssembly SIMD. All their arrays lie in one memory of fixed size, so that views
// on it stay valid and no array is ever copied; the module (assembly/) sees them as addresses.
import type { Kernels } from './kernels.ts';
import { type WasmVariant, wasmModule } from './wasm-module.ts';

/** What assembly/index.ts exports. Every argument that is an array there is an address here. */
interface WasmExports {
  heapBase(): number;
  scratchBytes(): number;
  denseForward(
    output: number,
    input: number,
    weight: number,
    bias: number,
    M: number,
    K: number,
    N: number,
    relu: number,
    scratch: number,
  ): void;
  denseParameterGradients(
    dWeight: number,
    dBias: number,
    input: number,
    dOutput: number,
    M: number,
    K: number,
    N: number,
    scratch: number,
  ): void;
  denseInputGradient(
    dInput: number,
    dOutput: number,
    weight: number,
    M: number,
    K: number,
    N: number,
    scratch: number,
  ): void;
  reluGradient(dValues: number, values: number, length: number, scale: number): void;
  softmaxCrossEntropy(
    dLogits: number,
    logits: number,
    labels: number,
    M: number,
    N: number,
    smoothing: number,
  ): number;
  momentumStep(
    parameter: number,
    velocity: number,
    gradient: number,
    length: number,
    learningRate: number,
    momentum: number,
    weightDecay: number,
    gradientShare: number,
    velocityShare: number,
  ): void;
  adamStep(
    parameter: number,
    mean: number,
    square: number,
    gradient: number,
    length: number,
    beta1: number,
    beta2: number,
    rate: number,
    squareScale: number,
    epsilon: number,
    keep: number,
  ): void;
  average(averages: number, values: number, length: number, share: number): void;
}

const pageBytes = 65_536;
/** Arrays start at cache lines. */
const alignment = 64;
/** Room for training any network that this library is meant for; only what is touched is real. */
const defaultMemoryBytes = 1 << 30;

/**
 * A backend with a memory of its own, which is freed with it.
 *
 * @throws Error when the module is not built or cannot run here
 */
export function createWasmKernels(variant: WasmVariant, memoryBytes = defaultMemoryBytes): Kernels {
  const pages = Math.ceil(memoryBytes / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const imports = { env: { memory } };
  const exports = new WebAssembly.Instance(wasmModule(variant), imports).exports as WasmExports;
  const reserve = createReserve(memory, exports.heapBase());
  const scratch = reserve(exports.scratchBytes());
  const at = (array: Float32Array | Uint8Array): number => {
    if (array.buffer === memory.buffer) return array.byteOffset;
    throw new TypeError('an array that these kernels did not allocate');
  };

  return {
    name: `wasm-${variant}`,
    allocate: length => new Float32Array(memory.buffer, reserve(4 * length), length),
    allocateLabels: length => new Uint8Array(memory.buffer, reserve(length), length),

    denseForward(output, input, weight, bias, { M, K, N }, activation) {
      const relu = activation === 'relu' ? 1 : 0;
      exports.denseForward(at(output), at(input), at(weight), at(bias), M, K, N, relu, scratch);
    },
    denseParameterGradients(dWeight, dBias, input, dOutput, { M, K, N }) {
      const arrays = [at(dWeight), at(dBias), at(input), at(dOutput)] as const;
      exports.denseParameterGradients(...arrays, M, K, N, scratch);
    },
    denseInputGradient(dInput, dOutput, weight, { M, K, N }) {
      exports.denseInputGradient(at(dInput), at(dOutput), at(weight), M, K, N, scratch);
    },
    reluGradient(dValues, values, length, scale) {
      exports.reluGradient(at(dValues), at(values), length, scale);
    },
    softmaxCrossEntropy(dLogits, logits, labels, { M, N, labelSmoothing }) {
      const arrays = [at(dLogits), at(logits), at(labels)] as const;
      return exports.softmaxCrossEntropy(...arrays, M, N, labelSmoothing);
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
        step.gradientShare,
        step.velocityShare,
      );
    },
    adamStep(parameter, mean, square, gradient, step) {
      exports.adamStep(
        at(parameter),
        at(mean),
        at(square),
        at(gradient),
        parameter.length,
        step.beta1,
        step.beta2,
        step.rate,
        step.squareScale,
        step.epsilon,
        step.keep,
      );
    },
    average(averages, values, share) {
      exports.average(at(averages), at(values), averages.length, share);
    },
  };
}

/** Hands out the memory behind `base`, never taking any back. */
function createReserve(memory: WebAssembly.Memory, base: number): (bytes: number) => number {
  let free = Math.ceil(base / alignment) * alignment;
  return bytes => {
    const address = free;
    free += Math.ceil(bytes / alignment) * alignment;
    if (free > memory.buffer.byteLength) {
      throw new RangeError(
        `${bytes} bytes do not fit into a memory of ${memory.buffer.byteLength} bytes any more`,
      );
    }
    return address;
  };
}
