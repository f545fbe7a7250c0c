// Restarts the process with a fixed threshold of glibc's malloc, which reads it once, before main.

/**
 * Blocks of this size and more are mapped one by one and returned to the system when they are freed.
 * Without a fixed threshold glibc raises it to 32 MiB with the blocks that it sees, and each thread
 * that decoded pictures keeps some 64 MB. Smaller than a piece of a body, larger than the buffers of
 * a small picture.
 */
export const mallocEnvironment = { MALLOC_MMAP_THRESHOLD_: '65536' };

/**
 * Replaces the process by one with the threshold, which takes as long as an empty Node process does.
 * The image, nx and the drawing app set it themselves. So must any other parent with an IPC channel,
 * because the channel would be lost.
 */
export function fixMallocThreshold(): void {
  const { platform, env, connected, execPath, execArgv, argv } = process;
  if (platform !== 'linux' || connected || env['MALLOC_MMAP_THRESHOLD_']) return;
  const command = [execPath, ...execArgv, ...argv.slice(1)];
  process.execve?.(execPath, command, { ...env, ...mallocEnvironment });
}
