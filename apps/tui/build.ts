// `nx run tui:build`: writes dist/main.js.

import { writeBundle } from './bundle.ts';

const problem = await writeBundle();
if (problem !== undefined) {
  process.stderr.write(`The app cannot be built: ${problem}\n`);
  process.exitCode = 1;
}
