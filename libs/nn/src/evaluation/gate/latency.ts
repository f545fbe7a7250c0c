// How long each contender takes for one picture by itself.

import { gatherRow, type Samples } from '../../data/samples.ts';
import { classify, type Model } from '../../inference/model.ts';

/** Enough for a median that a busy machine does not move. */
const timedPictures = 1000;

/** Before any is timed: until the code is compiled. */
const warmUpPictures = 200;

/**
 * The medians of one picture at a time. The contenders take turns with every picture, so that
 * whatever slows the machine down slows both.
 *
 * @param samples at least one
 * @param now a clock, in milliseconds
 * @returns milliseconds, one for each contender
 */
export function medianLatencies(
  contenders: readonly Model[],
  samples: Samples,
  now: () => number,
): number[] {
  const picture = new Float32Array(samples.size);
  const times = contenders.map(() => new Float64Array(timedPictures));
  for (let i = -warmUpPictures; i < timedPictures; i++) {
    gatherRow(picture, 0, samples, Math.abs(i) % samples.count);
    for (const [c, model] of contenders.entries()) {
      const started = now();
      classify(model, picture);
      if (i >= 0) times[c]![i] = now() - started;
    }
  }
  return times.map(own => own.toSorted()[timedPictures / 2]!);
}
