// A clock that stands still until a test lets time pass.

import type { ExecutionContext } from 'ava';

/** Replaces the timers of this process until the test ends. @returns a function that lets time pass */
export function fakeTimers(t: ExecutionContext): (ms: number) => Promise<void> {
  const { setTimeout, clearTimeout } = globalThis;
  t.teardown(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  let [nowMs, lastId] = [0, 0];
  Object.assign(globalThis, {
    setTimeout(run: () => void, ms = 0) {
      timers.set(++lastId, { atMs: nowMs + ms, run });
      return lastId;
    },
    clearTimeout: (id: number) => timers.delete(id),
  });
  return async ms => {
    nowMs += ms;
    for (const [id, { atMs, run }] of timers) {
      if (atMs > nowMs) continue;
      timers.delete(id);
      run();
    }
    // What the timers have started settles.
    await new Promise(resolve => setImmediate(resolve));
  };
}
