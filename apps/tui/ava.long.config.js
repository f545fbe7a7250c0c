// `nx run tui:test-long`: tests that take long by their nature, beside those of `nx run tui:test`.

import config from './ava.config.js';

export default { ...config, files: ['test/**/*.long.test.ts'] };
