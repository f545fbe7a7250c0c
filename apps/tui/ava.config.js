import base from '../../ava.base.js';

export default {
  ...base,
  require: ['./test/register-tsx.ts'],
  // A start of the real service on a busy machine is the longest that any test waits.
  timeout: '2m',
};
