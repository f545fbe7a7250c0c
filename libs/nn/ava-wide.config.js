// The tests of the arithmetic once more, with every kernel compiled to 256-bit vectors.
import base from './ava.config.js';

export default {
  ...base,
  files: [
    'test/kernels/{kernels,panels}.test.ts',
    'test/network/*.test.ts',
    'test/train/{step-work,threads}.test.ts',
  ],
  require: ['./test/wide-vectors-on.ts'],
};
