// Measures how long models take to classify a single image.

import { gatherRow, type Samples } from '../../data/samples.ts';
import { classify, type Model } from '../../inference/model.ts';

/** Number of timed images: enough for a stable median on a busy machine. */
const timedImages = 1000;

/** Number of images classified before the measurement, so that V8 has compiled the code. */
const warmUpImages = 200;

/**
 * Measures the median latency for single images. The models alternate with every image, so that a slowdown
 * of the machine affects all of them.
 *
 * @param samples at least one
 * @param now a clock, in milliseconds
 * @returns milliseconds, one median for each model
 */
export function medianLatencies(
  models: readonly Model[],
  samples: Samples,
  now: () => number,
): number[] {
  const image = new Float32Array(samples.size);
  const latencies = models.map(() => new Float64Array(timedImages));
  for (let i = -warmUpImages; i < timedImages; i++) {
    gatherRow(image, 0, samples, Math.abs(i) % samples.count);
    for (const [m, model] of models.entries()) {
      const started = now();
      classify(model, image);
      if (i >= 0) latencies[m]![i] = now() - started;
    }
  }
  return latencies.map(own => own.toSorted()[timedImages / 2]!);
}
