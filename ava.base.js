// The configuration that the tests of every package share.

import { fileURLToPath } from 'node:url';

export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
  // Compiled code is cached for all tests and the processes that they start; without the cache a third
  // of their time goes into compiling the same files again.
  environmentVariables: {
    NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
  },
};
