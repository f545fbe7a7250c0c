import base from '../../ava.base.js';

// `nx run web:browser`: the page in a real Chromium, over the built service.
export default {
  ...base,
  files: ['browser/**/*.test.ts'],
  timeout: '2m',
};
