// Locates and compiles the WebAssembly modules that `nx build nn` builds from assembly/.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ownFile } from '../../own-files.ts';

/** The memory of a WebAssembly module. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

/** A compiled module, which can be sent to another thread. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

/**
 * The part of the WebAssembly JavaScript API that is used here. TypeScript declares it only in lib.dom, which
 * programs that use this library may or may not have, so that it is declared here without a global name.
 */
interface WebAssemblyApi {
  readonly Memory: new (descriptor: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared?: boolean;
  }) => WasmMemory;
  /** @throws CompileError when the bytes are not a module that this engine can run */
  readonly Module: new (
    bytes: Uint8Array,
  ) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
}

/** The WebAssembly API; undefined where the engine has none, as with `--jitless`. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi })
  .WebAssembly;

/** `relaxed` uses the fused multiply-add of relaxed SIMD; `plain` requires only SIMD. */
export type WasmVariant = 'relaxed' | 'plain';

/** All variants, fastest first. */
export const wasmVariants: readonly WasmVariant[] = ['relaxed', 'plain'];

/**
 * The path of a compiled module.
 *
 * @param isShared whether the memory is shared between threads; fixed at compile time
 */
export function wasmFile(variant: WasmVariant, isShared: boolean): string {
  return fileURLToPath(ownFile(`kernels-${variant}${isShared ? '-shared' : ''}.wasm`));
}

const compiled = new Map<string, WasmModule>();
let generation = 0;

/**
 * The compiled module, cached for the process.
 *
 * @throws Error if the file has not been built, or V8 lacks a feature of the variant
 */
export function wasmModule(variant: WasmVariant, isShared: boolean): WasmModule {
  const file = wasmFile(variant, isShared);
  const known = compiled.get(file);
  if (known) return known;
  const module = new webAssembly.Module(stampedBytes(readFileSync(file)));
  compiled.set(file, module);
  return module;
}

/** Clears the cache, so that modules are recompiled after a change of the compiler's options. */
export function clearModuleCache(): void {
  compiled.clear();
  generation++;
}

/**
 * The module with a custom section that holds the generation, because V8 caches compiled code by the
 * module's bytes regardless of the compiler's options.
 */
function stampedBytes(bytes: Uint8Array): Uint8Array {
  const name = 'made';
  const section = [0, 2 + name.length, name.length, ...Buffer.from(name), generation];
  return Buffer.concat([bytes, Uint8Array.from(section)]);
}
