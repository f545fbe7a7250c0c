// What supervisor and workers send each other over IPC.

import type { MetricObject } from 'prom-client';

/** The metrics of one worker, as prom-client's `getMetricsAsJSON` returns them. */
export type WorkerMetrics = readonly MetricObject[];

export type FromWorker =
  /** It can listen. `problem` is the reason why it has no model. */
  | { readonly type: 'prepared'; readonly problem?: string }
  | { readonly type: 'listening'; readonly url: string }
  /** It has a request for the metrics of all. */
  | { readonly type: 'metrics-wanted' }
  | { readonly type: 'metrics'; readonly metrics: WorkerMetrics };

export type ToWorker =
  | { readonly type: 'listen' }
  | { readonly type: 'close' }
  | { readonly type: 'metrics-wanted' }
  /** The metrics of all workers that have sent theirs in time. */
  | { readonly type: 'all-metrics'; readonly all: readonly WorkerMetrics[] };
