// Pictures that a network is measured on, under a name, and what they are made from.

import type { DataFolder } from '../../data/idx-folder.ts';
import type { Samples } from '../../data/samples.ts';
import type { StrokesFile } from '../../data/strokes.ts';
import type { CanvasBrush } from '../../data/synthesis/rendering/render.ts';

/**
 * `test` and `validation`: images of the data folder; `corruption`: its test images, spoilt;
 * `drawings`: digits by writers whom no training sees; `no-digits`: what is to be refused.
 */
export type SetGroup = 'test' | 'validation' | 'corruption' | 'drawings' | 'no-digits';

export interface EvaluationSet {
  /** 'unipen-train, one-pixel line'; no two of a run's sets have the same */
  readonly name: string;
  readonly group: SetGroup;
  /** how many people drew them, where that is known: the figures of few say little */
  readonly writers: number | null;
  /** at least one; labels are `outlierLabel` in the group of that name, and classes in all others */
  readonly samples: Samples;
}

export interface DrawnSources {
  /** none: only pictures of no digit are drawn */
  readonly strokes: readonly StrokesFile[];
  readonly brush: CanvasBrush;
}

export interface EvaluationSources {
  /** of the data, short: 'MNIST' */
  readonly name: string;
  readonly data: DataFolder;
  /** null where nothing is to be drawn: the data's classes may be no digits */
  readonly drawn: DrawnSources | null;
  readonly seed: number;
}

/** The parts of the random source, apart from those that training draws from. */
export const evaluationStream = 0xe7a1;
