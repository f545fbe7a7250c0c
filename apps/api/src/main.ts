// The process's first module: leaves an old Node, sets malloc's threshold, V8's heap flags and the compile
// cache, then loads the server.

import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { fixMallocThreshold, mallocEnvironment } from './malloc.ts';

/** As in package.json. */
const minNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) < minNodeMajor) {
  const { runWithOwnNode } = await import('./own-node.ts');
  runWithOwnNode(minNodeMajor, mallocEnvironment);
} else {
  fixMallocThreshold();

  // A request's objects die with its answer: a young generation of one megabyte holds them, and old
  // space is collected when it has grown by a fifth. With the defaults V8 takes some 50 MB more under
  // load. The flags come first, because cached code is valid for the same flags only.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  // For collect-garbage.ts. The global object gets no function, because it exists already.
  setFlagsFromString('--expose-gc');
  // In the folder for temporary files. Saves a seventh of the next start from source.
  enableCompileCache();
  await import('./server.ts');
}
