// Whether a process is still there that left its number in a file's name or in a lock.

/** Of this machine; true also for a stranger that was given the number of one that has ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
