// The types of evaluation sets and of what they are created from.

import type { DataFolder } from '../../data/idx-folder.ts';
import type { Samples } from '../../data/samples.ts';
import type { StrokeFile } from '../../data/strokes.ts';
import type { CanvasBrush } from '../../data/synthesis/rendering/render.ts';

/**
 * `test` and `validation`: images of the data folder; `corruption`: its test images, corrupted;
 * `drawings`: digits by held-out writers; `no-digits`: outliers, which are to be refused. The values are
 * written to evaluation.json and model cards.
 */
export type SetGroup = 'test' | 'validation' | 'corruption' | 'drawings' | 'no-digits';

/** The groups whose digits should be accepted; corrupted digits may be refused. */
export const digitGroups: readonly SetGroup[] = ['test', 'drawings'];

/** Images under a name, on which a network is measured. */
export interface EvaluationSet {
  /** unique within a run: 'unipen-train, one-pixel line' */
  readonly name: string;
  readonly group: SetGroup;
  /** number of people who drew them, null where unknown; figures of few writers are uncertain */
  readonly writers: number | null;
  /** at least one; labels are `outlierLabel` in the group `no-digits`, and classes in all others */
  readonly samples: Samples;
}

/** What drawings and outliers are drawn from. */
export interface DrawnSources {
  /** empty: only synthetic outliers are drawn */
  readonly strokes: readonly StrokeFile[];
  readonly brush: CanvasBrush;
  /** number of synthetic outliers, 2000 by default */
  readonly outlierCount?: number;
}

/** What the evaluation sets are created from. */
export interface EvaluationSources {
  /** short name of the data: 'MNIST' */
  readonly name: string;
  readonly data: DataFolder;
  /** null where nothing is drawn: the data's classes may not be digits */
  readonly drawn: DrawnSources | null;
  readonly seed: number;
}

/** Stream of the random source for all sets; training uses other streams. */
export const evaluationStream = 0xe7a1;
