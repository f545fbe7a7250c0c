// `npm start`: runs the bundled app in this process, so that signals reach it. If a source is newer, the app
// is bundled first, which takes a fraction of a second; where it cannot be written, it runs as it is.

import { existsSync } from 'node:fs';
import { bundle, isBundleCurrent, writeBundle } from './bundle.ts';

const problem = isBundleCurrent() ? undefined : await writeBundle();
const isBuilt = existsSync(bundle);
if (problem !== undefined) {
  const outcome = isBuilt ? 'The app runs as it was built before' : 'The app cannot be built';
  process.stderr.write(`${outcome}: ${problem}\n`);
}
if (isBuilt) await import(bundle);
else process.exitCode = 1;
