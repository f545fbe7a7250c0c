// The exports of the WebAssembly module. This folder is AssemblyScript: addresses are `usize` byte offsets
// into a single memory, which the loader (src/engine/kernels/wasm.ts) owns and allocates.

export { denseForward, denseInputGradient, scratchBytes } from './dense';
export { adamStep, average, momentumStep, reluBackward } from './elementwise';
export { packPanels, packTransposedPanels, unpackPanels } from './panels';
export { softmaxCrossEntropy } from './softmax';
export { sparseMatmul, sumRows } from './sparse-matmul';
export { compressRows, transposeSparseRows } from './sparse-rows';

/** The first address after the module's constants. */
export function heapBase(): usize {
  return __heap_base;
}
