// Restarts the process with settings of its memory that are read once, before main: the threshold of glibc's
// malloc, and the size of V8's young generation.

/**
 * Blocks of this size and more are mapped one by one and returned to the system when they are freed.
 * Without a fixed threshold glibc raises it to 32 MiB with the blocks that it sees, and each thread
 * that decoded pictures keeps some 64 MB. Smaller than a piece of a body, larger than the buffers of
 * a small picture.
 */
export const mallocEnvironment = { MALLOC_MMAP_THRESHOLD_: '65536' };

/**
 * A semi-space of 4 MiB holds what several requests at once create until it is garbage. With V8's 1 MiB it is
 * collected four times as often, and part of it only with old space: a twentieth fewer requests a second. With
 * the 16 MiB to which V8 would let it grow the process takes 20 MB more, and is no faster.
 */
export const heapArguments = ['--min-semi-space-size=4'];

const isSemiSpaceSize = /semi[-_]space[-_]size/;

/**
 * Replaces the process by one with both settings, where they are not set, which takes as long as an empty Node
 * process does. The image sets them itself. So must any parent with an IPC channel, because the channel would
 * be lost.
 */
export function restartWithMemorySettings(): void {
  const { platform, env, connected, execPath, execArgv, argv } = process;
  const hasHeapArguments = execArgv.some(argument => isSemiSpaceSize.test(argument));
  const isSet = env['MALLOC_MMAP_THRESHOLD_'] !== undefined && hasHeapArguments;
  if (platform !== 'linux' || connected || isSet) return;
  const heap = hasHeapArguments ? [] : heapArguments;
  const command = [execPath, ...heap, ...execArgv, ...argv.slice(1)];
  process.execve?.(execPath, command, { ...mallocEnvironment, ...env });
}
