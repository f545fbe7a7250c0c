// The entry of the bundle, called by `npm start`: enables V8's compile cache in the folder for temporary
// files, which takes a tenth off the next start, and then loads the app. The bundle is in dist/, which is as
// deep as this folder: ../../../ is the workspace from both.

import { fileURLToPath } from 'node:url';
import { enableCompileCache } from '@digits/files';

enableCompileCache();
const [{ main }, { workspaceInstallation }] = await Promise.all([
  import('./main.ts'),
  import('./installation.ts'),
]);
const workspace = fileURLToPath(new URL('../../../', import.meta.url));
await main(process.argv.slice(2), workspaceInstallation(workspace));
