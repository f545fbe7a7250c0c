// nx build nn: compiles assembly/ (AssemblyScript) to dist/kernels-{relaxed,plain}{,-shared}.wasm. Shared
// and unshared memory require separate modules.

import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { type WasmVariant, wasmFile, wasmVariants } from './src/engine/kernels/wasm-module.ts';

const source = fileURLToPath(new URL('assembly/index.ts', import.meta.url));

for (const variant of wasmVariants) {
  for (const isShared of [false, true]) await compile(variant, isShared);
}

async function compile(variant: WasmVariant, isShared: boolean): Promise<void> {
  const { error, stderr } = await asc.main([
    source,
    '--outFile',
    wasmFile(variant, isShared),
    ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
    // The loader creates the memory, of a size within these bounds.
    ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
    ...(isShared ? ['--enable', 'threads', '--sharedMemory'] : []),
    ...['--enable', 'simd', ...(variant === 'relaxed' ? ['--enable', 'relaxed-simd'] : [])],
  ]);
  if (error) {
    process.stderr.write(`${stderr}\n${error.message}\n`);
    process.exit(1);
  }
}
