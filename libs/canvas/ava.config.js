export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
};
