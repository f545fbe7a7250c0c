// `npm start`: runs the bundled app in this process, so that signals reach it. If a source is newer, the app
// is bundled first, and the page that its embedded service serves, which takes a fraction of a second; where
// they cannot be written, they run as they are.

import { existsSync } from 'node:fs';
import { builtPage, isPageCurrent, writePage } from '../web/bundle.ts';
import { bundle, isBundleCurrent, writeBundle } from './bundle.ts';

const problem = isBundleCurrent() ? undefined : await writeBundle();
const isBuilt = existsSync(bundle);
if (problem !== undefined) {
  const outcome = isBuilt ? 'The app runs as it was built before' : 'The app cannot be built';
  process.stderr.write(`${outcome}: ${problem}\n`);
}
const pageProblem = isPageCurrent() ? undefined : await writePage();
if (pageProblem !== undefined) {
  const outcome = existsSync(builtPage) ? 'stays as it was built before' : 'cannot be built';
  process.stderr.write(`The page for browsers ${outcome}: ${pageProblem}\n`);
}
if (isBuilt) await import(bundle);
else process.exitCode = 1;
