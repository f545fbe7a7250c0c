import base from '../../ava.base.js';

export default {
  ...base,
  // The long tests have a target of their own: see ava.long.config.js.
  files: ['test/**/*.test.ts', '!test/**/*.long.test.ts'],
  // React's production build, as in the bundle: it renders a frame in two thirds of the time.
  environmentVariables: { ...base.environmentVariables, NODE_ENV: 'production' },
  require: ['./test/register-tsx.ts'],
  // The longest wait of a test is for the real service to start on a busy machine.
  timeout: '2m',
};
