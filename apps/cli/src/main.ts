#!/usr/bin/env node
// The entry of the program `digits`.

import { enableCompileCache } from 'node:module';
import { compileCacheFolder } from './compile-cache.ts';

const args = process.argv.slice(2);
// The service enables the cache itself, after the flags of V8 that cached code depends on.
if (args[0] !== 'serve') enableCompileCache(compileCacheFolder());
const { runProgram } = await import('./program.ts');
await runProgram(args);
