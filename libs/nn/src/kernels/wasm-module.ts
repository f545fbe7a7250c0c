/// <reference path="./webassembly.d.ts" />
// Finds and compiles the WebAssembly module that `nx build nn` makes from assembly/.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `relaxed` multiplies and adds in one instruction; `plain` runs wherever SIMD does. */
export type WasmVariant = 'relaxed' | 'plain';

export const wasmVariants: readonly WasmVariant[] = ['relaxed', 'plain'];

export function wasmFile(variant: WasmVariant): string {
  return fileURLToPath(new URL(`../../dist/kernels-${variant}.wasm`, import.meta.url));
}

const compiled = new Map<WasmVariant, WebAssembly.Module>();

/**
 * Compiled once in a process.
 *
 * @throws Error when the file is not built, or the engine lacks what the variant needs
 */
export function wasmModule(variant: WasmVariant): WebAssembly.Module {
  const known = compiled.get(variant);
  if (known) return known;
  const module = new WebAssembly.Module(readFileSync(wasmFile(variant)));
  compiled.set(variant, module);
  return module;
}
