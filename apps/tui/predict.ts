// `npm run predict -- FILE…`: prints the digit on each picture. It has no JSX and runs unbundled.

import { fileURLToPath } from 'node:url';
import { main } from './src/commands/predict/main.ts';
import { workspaceInstallation } from './src/installation.ts';

// npm runs scripts in the folder of package.json, and names the one in which it was called.
const { INIT_CWD: callersFolder, npm_lifecycle_event: script } = process.env;
if (script === 'predict' && callersFolder) process.chdir(callersFolder);

const workspace = fileURLToPath(new URL('../../', import.meta.url));
await main(process.argv.slice(2), workspaceInstallation(workspace));
