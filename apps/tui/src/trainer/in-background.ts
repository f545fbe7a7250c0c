// Loaded before a command that learns: it yields to the hand that draws, and asks itself to end when
// the app is gone, even if that was killed outright. Threads of the command have neither to do.

import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where nobody may be polite it is as fast as everyone.
  }
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel says when the app is gone, and is no reason to stay.
  process.channel?.unref();
}
