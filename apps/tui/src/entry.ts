// The entry of the bundle: enables V8's compile cache in the folder for temporary files, which takes a
// tenth off the next start, and then loads the program.

import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
