// `nx run nn:test-long`: tests that take long by their nature, beside those of `nx run nn:test`.

import config from './ava.config.js';

export default {
  ...config,
  files: ['test/**/*.long.test.ts'],
  // Some wait for npm and for the compiler, on a machine that has other work.
  timeout: '5m',
};
