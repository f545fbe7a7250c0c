import base from './ava.config.js';

// `nx run api:test-long`: the full correction loop, an attack, and memory over many requests.
export default {
  ...base,
  files: ['test-long/**/*.test.ts'],
  timeout: '10m',
};
