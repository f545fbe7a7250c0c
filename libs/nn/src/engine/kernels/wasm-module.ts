// Locates and compiles the WebAssembly modules that `nx build nn` makes from assembly/.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

declare global {
  /** The part of the WebAssembly JavaScript interface that is used here; TypeScript has it in lib.dom. */
  namespace WebAssembly {
    class Memory {
      constructor(descriptor: {
        readonly initial: number;
        readonly maximum: number;
        readonly shared?: boolean;
      });
      readonly buffer: ArrayBufferLike;
    }
    class Module {
      /** @throws CompileError when the bytes are not a module that this engine can run */
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
      readonly exports: unknown;
    }
  }
}

/** `relaxed` has a fused multiply-add (relaxed SIMD); `plain` runs wherever SIMD does. */
export type WasmVariant = 'relaxed' | 'plain';

/** The fastest first. */
export const wasmVariants: readonly WasmVariant[] = ['relaxed', 'plain'];

/** @param isShared whether the module's memory is shared between threads, which is compiled in */
export function wasmFile(variant: WasmVariant, isShared: boolean): string {
  const name = `kernels-${variant}${isShared ? '-shared' : ''}.wasm`;
  return fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
}

const compiled = new Map<string, WebAssembly.Module>();
let generation = 0;

/**
 * The compiled module, cached for the process.
 *
 * @throws Error when the file is not built, or the engine lacks a feature of the variant
 */
export function wasmModule(variant: WasmVariant, isShared: boolean): WebAssembly.Module {
  const file = wasmFile(variant, isShared);
  const known = compiled.get(file);
  if (known) return known;
  const module = new WebAssembly.Module(stampedBytes(readFileSync(file)));
  compiled.set(file, module);
  return module;
}

/** Empties the cache: after a change of the compiler's options, modules are compiled anew. */
export function forgetModules(): void {
  compiled.clear();
  generation++;
}

/**
 * The module with a custom section that holds the generation: the engine caches compiled code by the
 * bytes alone, not by the compiler's options.
 */
function stampedBytes(bytes: Uint8Array): Uint8Array {
  const name = 'made';
  const section = [0, 2 + name.length, name.length, ...Buffer.from(name), generation];
  return Buffer.concat([bytes, Uint8Array.from(section)]);
}
