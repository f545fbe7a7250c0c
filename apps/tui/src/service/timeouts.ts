// How long the app waits for its service, in milliseconds. A loopback service answers within
// milliseconds; starting takes seconds on a busy machine.

export interface ServiceTimeouts {
  /** Whether it is ready. */
  readonly probeMs: number;
  /** A question or a correction, with its answer. */
  readonly exchangeMs: number;
  readonly startMs: number;
  readonly stopMs: number;
  /** From one look at whether it is still there to the next. */
  readonly heartbeatMs: number;
}

export const defaultTimeouts: ServiceTimeouts = {
  probeMs: 5000,
  exchangeMs: 10_000,
  startMs: 60_000,
  stopMs: 1500,
  heartbeatMs: 5000,
};
