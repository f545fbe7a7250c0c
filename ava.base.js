// The configuration that the tests of every package share.

import { fileURLToPath } from 'node:url';

const inWorkspace = path => fileURLToPath(new URL(path, import.meta.url));

export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
  // Compiled code is cached for all tests and the processes that they start; without the cache a third
  // of their time goes into compiling the same files again.
  environmentVariables: {
    NODE_COMPILE_CACHE: inWorkspace('node_modules/.cache/node'),
    // The shipped champion alone, also on a machine whose user has promoted one of their own.
    MODELS_DIR: inWorkspace('models'),
  },
};
