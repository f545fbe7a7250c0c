// The service as a function of its arguments: sets up its memory and the compile cache, then loads the server.

import { setFlagsFromString } from 'node:v8';
import { enableCompileCache } from '@digits/files';
import type { ServiceInstallation } from './config/installation.ts';
import { restartWithMemorySettings } from './process/memory-settings.ts';

/**
 * Runs the service in this process, which ends with it. The process may first be replaced by one with the
 * same arguments.
 *
 * @param installation by default the repository's
 */
export async function runService(
  args: readonly string[],
  installation?: ServiceInstallation,
): Promise<void> {
  restartWithMemorySettings();

  // The young generation keeps its size, and old space is collected when it has grown by 60 %: with a limit of
  // 20 % a twentieth fewer requests are answered, with V8's defaults the process takes some 50 MB more under
  // load. The flags come first, because cached code is valid for the same flags only.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=60');
  // For collect-garbage.ts. The global object gets no function, because it exists already.
  setFlagsFromString('--expose-gc');
  // Saves a seventh of the next start from source.
  enableCompileCache(installation?.compileCacheFolder);
  const { serve } = await import('./server.ts');
  await serve(args, installation);
}
