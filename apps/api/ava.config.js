export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
  // How long nothing may happen: some tests wait for a process on a busy machine.
  timeout: '2m',
};
