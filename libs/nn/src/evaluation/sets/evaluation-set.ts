// The types of evaluation sets and of their sources.

import type { DataFolder } from '../../data/idx-folder.ts';
import type { PictureFolder } from '../../data/pictures.ts';
import type { Samples } from '../../data/samples.ts';
import type { StrokeFile } from '../../data/strokes.ts';
import type { CanvasBrush } from '../../data/synthesis/rendering/render.ts';
import type { DataForm } from '../../inference/data-form.ts';

/**
 * `test` and `validation`: images of the data folder; `corruption`: its test images, corrupted;
 * `drawings`: digits by held-out writers, and held-out pictures; `styles`: synthetic digits of one style
 * family each; `no-digits`: outliers, which should be refused. The values are part of the format of
 * evaluation.json and metrics.json.
 */
export type SetGroup = 'test' | 'validation' | 'corruption' | 'drawings' | 'styles' | 'no-digits';

/** The groups whose digits should be accepted; corrupted digits may be refused. */
export const digitGroups: readonly SetGroup[] = ['test', 'drawings', 'styles'];

/** A named set of images for measuring a network. */
export interface EvaluationSet {
  /** unique within a run: 'unipen-train, one-pixel line' */
  readonly name: string;
  readonly group: SetGroup;
  /** number of people who drew them, null if unknown; figures of few writers are uncertain */
  readonly writers: number | null;
  /** at least one; labels are `outlierLabel` in the group `no-digits` and classes otherwise */
  readonly samples: Samples;
}

/** The sources of drawings, styles and outliers. */
export interface DrawnSources {
  /** if empty, only synthetic digits and outliers are drawn */
  readonly strokes: readonly StrokeFile[];
  /** further pictures of digits; none by default */
  readonly pictures?: readonly PictureFolder[];
  readonly brush: CanvasBrush;
  /** number of synthetic outliers, 2000 by default */
  readonly outlierCount?: number;
  /** number of synthetic digits of each style family, 300 by default */
  readonly styleCount?: number;
}

/** The sources of all evaluation sets. */
export interface EvaluationSources {
  /** short name of the data: 'MNIST' */
  readonly name: string;
  readonly data: DataFolder;
  /** of data that is not of digits: its images are neither preprocessed nor corrupted */
  readonly form?: DataForm | undefined;
  /** null for data whose classes may not be digits: no drawings, styles or outliers are created */
  readonly drawn: DrawnSources | null;
  readonly seed: number;
}

/** Random stream of all sets, different from those of training. */
export const evaluationStream = 0xe7a1;
