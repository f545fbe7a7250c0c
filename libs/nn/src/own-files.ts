// Finds the files of the library that are read or started, not imported: the WebAssembly kernels and the
// script of a training thread. One rule for every form that the library takes:
//
//   source tree      dist/kernels-*.wasm of this package, and training/parallel/worker.ts
//   anything built   a file beside the JavaScript that this module was built into: kernels-*.wasm, and
//                    nn-worker.js, which is training/parallel/worker.ts built as an entry of its own
//
// A build of a program that contains the library therefore copies dist/*.wasm to its output folder and, if
// the program trains on several threads, has that further entry. Without the kernels the library computes
// with plain loops. The package itself is built so (build-package.ts).

/** The name of the script of a training thread in a built folder. */
export const workerFile = 'nn-worker.js';

/**
 * The URL of one of the library's own files.
 *
 * @param name `workerFile` or the name of a WebAssembly module
 */
export function ownFile(name: string): URL {
  const module = import.meta.url;
  if (!module.endsWith('.ts')) return new URL(name, module);
  return new URL(name === workerFile ? 'training/parallel/worker.ts' : `../dist/${name}`, module);
}
