// The gate's rows for refusal, calibration, speed and size. Instead of a paired test, each has a
// tolerance; for the measurements behind the tolerances see docs/experiments.md.

import type { GateVerdict } from '@digits/protocol';
import { areaUnderCurve } from '../metrics/roc.ts';
import { joinScores } from '../metrics/scores.ts';
import { digitGroups } from '../sets/evaluation-set.ts';
import { type GateRow, rowWithoutChampion } from './gate-row.ts';
import type { SetResult } from './set-results.ts';

/** A model's results on the sets, its latency and its size. */
export interface MeasuredModel {
  readonly results: readonly SetResult[];
  /** median latency for one image */
  readonly milliseconds: number;
  readonly weights: number;
  /** size of the model file */
  readonly bytes: number;
}

/** A figure of one model. */
interface Value {
  readonly value: number;
  /** number of images that it was measured on */
  readonly count: number;
}

interface Figure extends Pick<GateRow, 'name' | 'group' | 'unit'> {
  /** null if there are no images to measure it on */
  readonly of: (model: MeasuredModel) => Value | null;
  readonly isLowerBetter: boolean;
  /** Tolerance in the figure's unit: smaller changes count as the same. */
  readonly tolerance: (champion: Value) => number;
  /** the verdict `worse` stops a promotion only above this value; null: at any value */
  readonly mattersAbove: number | null;
}

/** 1 / √count in percentage points: twice the largest standard error of a fraction of `count` images. */
const fractionTolerance = ({ count }: Value) => 100 / Math.sqrt(count);

/** In percentage points: 0.3 for 10,000 images (docs/experiments.md). */
const calibrationTolerance = ({ count }: Value) => 30 / Math.sqrt(count);

const areaTolerance = () => 0.01;

/** Repeated measurements on one machine differ by up to 25 %. */
const quarterTolerance = ({ value }: Value) => 0.25 * value;

const megabyte = 1 << 20;

const figures: readonly Figure[] = [
  {
    name: 'digits refused',
    group: 'refusal',
    unit: '%',
    of: ({ results }) => refusedOf(results.filter(isDigits)),
    isLowerBetter: true,
    tolerance: fractionTolerance,
    mattersAbove: null,
  },
  {
    name: 'no-digits refused',
    group: 'refusal',
    unit: '%',
    of: ({ results }) => refusedOf(results.filter(isOutliers)),
    isLowerBetter: false,
    tolerance: fractionTolerance,
    mattersAbove: null,
  },
  {
    name: 'digits told from no-digits',
    group: 'refusal',
    unit: 'area',
    of: ({ results }) => areaOf(results.filter(isDigits), results.filter(isOutliers)),
    isLowerBetter: false,
    tolerance: areaTolerance,
    mattersAbove: null,
  },
  {
    name: 'calibration error, test images',
    group: 'calibration',
    unit: '%',
    of: ({ results }) => calibrationOf(results),
    isLowerBetter: true,
    tolerance: calibrationTolerance,
    mattersAbove: null,
  },
  {
    name: 'one picture',
    group: 'speed',
    unit: 'ms',
    of: ({ milliseconds }) => ({ value: milliseconds, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // The app shows a prediction after about 12 ms, so smaller latencies are not noticeable.
    mattersAbove: 2,
  },
  {
    name: 'weights',
    group: 'size',
    unit: 'weights',
    of: ({ weights }) => ({ value: weights, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // Informative only: file size and latency have separate rows.
    mattersAbove: Number.POSITIVE_INFINITY,
  },
  {
    name: 'model file',
    group: 'size',
    unit: 'bytes',
    of: ({ bytes }) => ({ value: bytes, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // Half of the kernel memory of the service.
    mattersAbove: 32 * megabyte,
  },
];

/**
 * The rows of all figures.
 *
 * @param champion null if there is none
 */
export function figureRows(champion: MeasuredModel | null, challenger: MeasuredModel): GateRow[] {
  return figures.flatMap(figure => {
    const own = figure.of(challenger);
    if (own === null) return [];
    const other = champion && figure.of(champion);
    return [other === null ? rowAlone(figure, own) : rowOf(figure, other, own)];
  });
}

function rowAlone({ name, group, unit }: Figure, { value }: Value): GateRow {
  return rowWithoutChampion({ name, group, unit, challenger: value });
}

function rowOf(figure: Figure, champion: Value, challenger: Value): GateRow {
  const { name, group, unit, mattersAbove } = figure;
  const tolerance = figure.tolerance(champion);
  const verdict = compareValues(challenger.value - champion.value, tolerance, figure.isLowerBetter);
  const matters = mattersAbove === null || challenger.value > mattersAbove;
  return {
    name,
    group,
    unit,
    champion: champion.value,
    challenger: challenger.value,
    verdict,
    matters,
    why:
      `${verdict === 'same' ? 'within' : 'by more than'} ${describeTolerance(tolerance, unit)}` +
      (verdict === 'worse' && !matters ? ', too small to matter' : ''),
  };
}

function compareValues(change: number, tolerance: number, isLowerBetter: boolean): GateVerdict {
  if (Math.abs(change) <= tolerance) return 'same';
  return change < 0 === isLowerBetter ? 'better' : 'worse';
}

function describeTolerance(tolerance: number, unit: GateRow['unit']): string {
  if (unit === '%') return `${tolerance.toFixed(2)} points`;
  return unit === 'area' ? String(tolerance) : 'a quarter';
}

const isDigits = ({ group }: SetResult) => digitGroups.some(one => one === group);
const isOutliers = ({ group }: SetResult) => group === 'no-digits';

/** Percentage of refused images in these sets. */
function refusedOf(results: readonly SetResult[]): Value | null {
  const count = results.reduce((sum, result) => sum + result.count, 0);
  if (count === 0) return null;
  const refused = results.reduce((sum, { refusal }) => sum + refusal!.refused, 0);
  return { value: (100 * refused) / count, count };
}

/** The AUROC of confidence or energy, the two scores with thresholds, whichever is higher. */
function areaOf(digits: readonly SetResult[], outliers: readonly SetResult[]): Value | null {
  if (digits.length === 0 || outliers.length === 0) return null;
  const wanted = joinScores(digits.map(({ refusal }) => refusal!.scores));
  const unwanted = joinScores(outliers.map(({ refusal }) => refusal!.scores));
  const areas = (['confidence', 'energy'] as const).map(name =>
    areaUnderCurve(wanted[name], unwanted[name]),
  );
  return { value: Math.max(...areas), count: wanted.energy.length };
}

function calibrationOf(results: readonly SetResult[]): Value | null {
  const test = results.find(({ calibrationError }) => calibrationError !== null);
  return test ? { value: 100 * test.calibrationError!, count: test.count } : null;
}
