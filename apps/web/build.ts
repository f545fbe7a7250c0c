// `nx run web:build`: writes the page into dist/.

import { writePage } from './bundle.ts';

const problem = await writePage();
if (problem !== undefined) {
  process.stderr.write(`The page cannot be built: ${problem}\n`);
  process.exitCode = 1;
}
