// Runs the tests of the arithmetic again with every kernel compiled to 256-bit vectors.

import base from './ava.config.js';

export default {
  ...base,
  files: [
    'test/engine/kernels/{kernels,sparse-rows}.test.ts',
    'test/engine/network.test.ts',
    'test/inference/{batch-classifier,saliency}.test.ts',
    'test/training/parallel/{step,threads}.test.ts',
  ],
  // Plain loops have no vectors.
  match: ['!*loops*'],
  require: ['./test/wide-vectors-on.ts'],
};
