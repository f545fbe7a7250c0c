// Collects garbage once no large upload has been in progress for a while. V8 collects while objects
// are created, so without it an idle service keeps the buffers of the last uploads, some 50 MB.

import { runInNewContext } from 'node:vm';

/** A collection takes up to 80 ms of the event loop, so it is seldom. */
const idleMs = 20_000;

let timer: NodeJS.Timeout | undefined;

/** To be called whenever the last large body or picture is done. */
export function collectGarbageWhenIdle(): void {
  timer ??= setTimeout(collectGarbage, idleMs).unref();
  timer.refresh();
}

/**
 * The last resort of V8 also returns its spare pages to the system. A new context has the function `gc` where V8's flag
 * --expose-gc is set, as run-service.ts does.
 */
function collectGarbage(): void {
  runInNewContext('globalThis.gc')?.({ flavor: 'last-resort' });
}
