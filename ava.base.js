// What the tests of every room have in common.

import { fileURLToPath } from 'node:url';

export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
  // What was compiled once, its types stripped, is there for the next test and for every process that
  // a test starts: without it a third of all their time went into compiling the same files again.
  environmentVariables: {
    NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
  },
};
