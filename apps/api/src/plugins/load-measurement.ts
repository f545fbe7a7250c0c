// Measures at intervals how late the event loop is and how much memory the process has.

import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Load {
  /** Mean delay of a timer over the last interval. */
  eventLoopDelayMs: number;
  /** Resident memory of the process. */
  memoryBytes: number;
}

/** Of the timer whose delay is measured. */
const resolutionMs = 10;

const nanosecondsPerMs = 1e6;

/** @returns the load, zero before the first interval is over, and a function that ends the measurement */
export function measureLoad(intervalMs: number): { readonly load: Load; stop(): void } {
  const load: Load = { eventLoopDelayMs: 0, memoryBytes: 0 };
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  const timer = setInterval(() => {
    const meanMs = histogram.mean / nanosecondsPerMs - resolutionMs;
    histogram.reset();
    // There is no mean without a sample, as right after a busy start.
    load.eventLoopDelayMs = Number.isNaN(meanMs) ? 0 : meanMs;
    load.memoryBytes = residentBytes() ?? load.memoryBytes;
  }, intervalMs).unref();
  return {
    load,
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}

/** @returns undefined where the process is out of file descriptors: Linux reports memory in a file */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss();
  } catch {
    return undefined;
  }
}
