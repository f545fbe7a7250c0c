#!/usr/bin/env node
// The entry of the program `digits`. What it imports statically, an older Node can load too; an import of a name
// that this Node lacks would end in a stack trace.

import { isTooOld, oldestNode } from './oldest-node.ts';

const { node } = process.versions;
if (isTooOld(node)) {
  process.stderr.write(`digits needs Node.js ${oldestNode} or later; this is ${node}.\n`);
  process.exit(1);
}
const args = process.argv.slice(2);
// The service enables the cache itself, after the flags of V8 that cached code depends on.
if (args[0] !== 'serve') {
  const [{ enableCompileCache }, { compileCacheFolder }] = await Promise.all([
    import('@digits/files'),
    import('./compile-cache.ts'),
  ]);
  enableCompileCache(compileCacheFolder());
}
const { runProgram } = await import('./program.ts');
await runProgram(args);
