// Metrics of the store of corrections, the same for every kind of store.

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** One access to the store. */
interface Access {
  /** The kind of store. */
  readonly store: string;
  readonly operation: string;
  /** `ok`, or the code of the error. */
  readonly result: string;
  readonly durationMs: number;
  /** Whether corrections can be stored, as far as is known after this access. */
  readonly isAvailable: boolean;
}

export interface FeedbackMetrics {
  accessed(access: Access): void;
}

/** In seconds, from a read in a cached page to FEEDBACK_TIMEOUT_MS and several statements. */
const buckets = [2.5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createFeedbackMetrics(registry: Registry): FeedbackMetrics {
  const registers = [registry];
  const accesses = new Counter({
    name: 'digits_feedback_accesses_total',
    help: 'Accesses to the store of corrections; the result is "ok" or the code of the error.',
    labelNames: ['store', 'operation', 'result'],
    registers,
  });
  const durations = new Histogram({
    name: 'digits_feedback_access_duration_seconds',
    help: 'Duration of an access to the store of corrections, opening it included.',
    labelNames: ['store', 'operation'],
    buckets,
    registers,
  });
  const available = new Gauge({
    name: 'digits_feedback_available',
    help: '1 where corrections can be stored, as of the last write or check; 0 otherwise.',
    labelNames: ['store'],
    // Of several workers.
    aggregator: 'min',
    registers,
  });
  return {
    accessed({ store, operation, result, durationMs, isAvailable }) {
      accesses.inc({ store, operation, result });
      durations.observe({ store, operation }, durationMs / 1000);
      available.set({ store }, Number(isAvailable));
    },
  };
}
