import base from '../../ava.base.js';

// `nx run cli:test-long`: the package, installed and used as by its users.
export default {
  ...base,
  files: ['test-long/**/*.test.ts'],
  timeout: '5m',
};
