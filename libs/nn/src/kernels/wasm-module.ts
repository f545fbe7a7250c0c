/// <reference path="./webassembly.d.ts" />
// Finds and compiles the WebAssembly module that `nx build nn` makes from assembly/.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `relaxed` multiplies and adds in one instruction; `plain` runs wherever SIMD does. */
export type WasmVariant = 'relaxed' | 'plain';

export const wasmVariants: readonly WasmVariant[] = ['relaxed', 'plain'];

/** @param isShared whether the module works in a memory that threads share */
export function wasmFile(variant: WasmVariant, isShared: boolean): string {
  const name = `kernels-${variant}${isShared ? '-shared' : ''}.wasm`;
  return fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}

const compiled = new Map<string, WebAssembly.Module>();

/**
 * Compiled once in a process.
 *
 * @throws Error when the file is not built, or the engine lacks what the variant needs
 */
export function wasmModule(variant: WasmVariant, isShared: boolean): WebAssembly.Module {
  const file = wasmFile(variant, isShared);
  const known = compiled.get(file);
  if (known) return known;
  const module = new WebAssembly.Module(readFileSync(file));
  compiled.set(file, module);
  return module;
}
