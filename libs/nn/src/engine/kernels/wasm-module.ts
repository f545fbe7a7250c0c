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
  return fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
}

const compiled = new Map<string, WebAssembly.Module>();
let generation = 0;

/**
 * Compiled once in a process.
 *
 * @throws Error when the file is not built, or the engine lacks what the variant needs
 */
export function wasmModule(variant: WasmVariant, isShared: boolean): WebAssembly.Module {
  const file = wasmFile(variant, isShared);
  const known = compiled.get(file);
  if (known) return known;
  const module = new WebAssembly.Module(stampedBytes(readFileSync(file)));
  compiled.set(file, module);
  return module;
}

/** Has every module compiled anew when it is next asked for: after options of the compiler changed. */
export function forgetModules(): void {
  compiled.clear();
  generation++;
}

/**
 * The module with a custom section that names the generation: the engine compiles the same bytes
 * only once, whatever its options are by then.
 */
function stampedBytes(bytes: Uint8Array): Uint8Array {
  const name = 'made';
  const section = [0, 2 + name.length, name.length, ...Buffer.from(name), generation];
  return Buffer.concat([bytes, Uint8Array.from(section)]);
}
