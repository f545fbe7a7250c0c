// Preloaded into each command of the trainer: lowers its priority, so that drawing stays smooth, and
// ends it when the app has gone, even if the app was killed. Worker threads need neither.

import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/** Asks for the end on Windows (background-command.ts); this file is also used alone, so it is written twice. */
const endMessage = 'end';

if (isMainThread) {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The system does not permit it: the command runs at normal priority.
  }
  // A signal to itself would kill it at once on Windows, without a checkpoint.
  const end = () => {
    if (!process.emit('SIGTERM', 'SIGTERM')) process.kill(process.pid, 'SIGTERM');
  };
  process.on('disconnect', end);
  process.on('message', message => message === endMessage && end());
  // The channel must not keep the command running.
  process.channel?.unref();
}
