// What nn:evaluate says with --json and writes to evaluation.json.
import type { NamedEvaluation } from '../src/evaluate/evaluation.ts';
import type { ModelDescription } from '../src/network/model.ts';

export interface EvaluationDocument {
  readonly model: ModelDescription & { readonly version: string; readonly sha256: string };
  readonly data: {
    readonly name: string;
    /** SHA-256 by file name */
    readonly digests: Readonly<Record<string, string>>;
  };
  readonly throughput: Throughput;
  /** test images first, then validation images */
  readonly evaluations: readonly [NamedEvaluation, NamedEvaluation];
}

export interface Throughput {
  /** median of several passes over the test images, from bytes to logits */
  readonly imagesPerSecond: number;
  readonly batchSize: number;
  /** which backend computed */
  readonly kernels: string;
}
