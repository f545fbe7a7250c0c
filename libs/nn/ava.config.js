import base from '../../ava.base.js';

export default {
  ...base,
  // The long tests have a target of their own: see ava-long.config.js.
  files: ['test/**/*.test.ts', '!test/**/*.long.test.ts'],
  // Idle timeout: some tests wait for a process on a busy machine.
  timeout: '2m',
};
