// A timer for pauses of the input. If the event loop was blocked, more may have arrived when the time
// is over: that is read before the timer expires.

export interface PauseTimer {
  /** Starts again if it is running. */
  start(ms: number): void;
  cancel(): void;
  isRunning(): boolean;
}

export function createPauseTimer(onExpired: () => void): PauseTimer {
  let timeout: NodeJS.Timeout | undefined;
  let check: NodeJS.Immediate | undefined;

  function cancel(): void {
    clearTimeout(timeout);
    clearImmediate(check);
    timeout = undefined;
  }

  return {
    cancel,
    isRunning: () => timeout !== undefined,
    start(ms) {
      cancel();
      timeout = setTimeout(() => {
        check = setImmediate(() => {
          cancel();
          onExpired();
        });
      }, ms);
    },
  };
}
