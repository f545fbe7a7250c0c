// Creates one set of synthetic digits for each style family, such as ones with a flag, with parameters that
// training does not use.

import { drawStyle } from '../../data/synthesis/families/draw-style.ts';
import { styleFamilies } from '../../data/synthesis/families/style-families.ts';
import { Random } from '../../engine/random.ts';
import { preparePictures } from './drawings.ts';
import { type DrawnSources, type EvaluationSet, evaluationStream } from './evaluation-set.ts';

/** Enough to measure a fraction of 1 % with a standard error of 0.6 percentage points. */
const defaultStyleCount = 300;

/** First number of the random streams of the families. */
const firstStyleStream = 0x300;

/** Yields one set for each style family, created when requested. */
export function* digitStyles(
  { brush, styleCount = defaultStyleCount }: Pick<DrawnSources, 'brush' | 'styleCount'>,
  seed: number,
): Generator<EvaluationSet> {
  for (const [number, family] of styleFamilies.entries()) {
    const random = new Random(seed, evaluationStream, firstStyleStream + number);
    const samples = preparePictures(
      Array.from({ length: styleCount }, () => drawStyle(family, 'validation', brush, random)),
    );
    yield { name: family.name, group: 'styles', writers: null, samples };
  }
}
