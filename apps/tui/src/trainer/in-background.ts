// Preloaded into each command of the trainer: lowers its priority, so that drawing stays smooth, and
// ends it when the app has gone, even if the app was killed. Worker threads need neither.

import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // The system does not permit it: the command runs at normal priority.
  }
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel must not keep the command running.
  process.channel?.unref();
}
