// How long Chromium takes from the movement of a pointer to the screen that shows its effect, by its own trace: a
// page does not see when a frame is drawn, and its tasks after a frame wait for further events.

import type { Browser } from 'playwright-core';

/** An event of the trace; those of one span have the same process and id. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly id?: string;
  readonly id2?: unknown;
  /** In microseconds. */
  readonly ts: number;
  readonly args: {
    readonly event_latency?: { readonly event_type: string; readonly display_trace_id?: number };
  };
}

/** @returns in milliseconds, one for each frame that shows a movement with a button pressed */
export async function pointerLatenciesOf(
  browser: Browser,
  draw: () => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ['cc', 'benchmark', 'input'] });
  await draw();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const begun = new Map<string, TraceEvent>();
  const latencies: number[] = [];
  for (const event of traceEvents as readonly TraceEvent[]) {
    if (event.name !== 'EventLatency') continue;
    const key = JSON.stringify([event.pid, event.id, event.id2]);
    const { event_type, display_trace_id } = begun.get(key)?.args.event_latency ?? {};
    // Only events that reached the screen have an identity there.
    const isShown = event_type === 'MOUSE_DRAGGED' && display_trace_id !== undefined;
    if (event.ph === 'b') begun.set(key, event);
    else if (isShown) latencies.push((event.ts - begun.get(key)!.ts) / 1000);
  }
  return latencies;
}
