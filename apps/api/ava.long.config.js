import base from './ava.config.js';

// `nx run api:test-long`: the full correction loop, fuzzing, and memory over many requests.
export default {
  ...base,
  files: ['test-long/**/*.test.ts'],
  timeout: '10m',
};
