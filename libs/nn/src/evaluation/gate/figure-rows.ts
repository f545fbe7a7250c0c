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
  readonly latencyMs: number;
  readonly weights: number;
  /** size of the model file */
  readonly bytes: number;
}

/** A figure of one model. */
interface FigureValue {
  readonly value: number;
  /** number of images that it was measured on */
  readonly count: number;
}

/** A row's figure: how it is measured, and which change of it counts. */
interface Figure extends Pick<GateRow, 'name' | 'group' | 'unit'> {
  /** null if there are no images to measure it on */
  readonly measure: (model: MeasuredModel) => FigureValue | null;
  readonly isLowerBetter: boolean;
  /** Tolerance in the figure's unit: smaller changes count as the same. */
  readonly tolerance: (champion: FigureValue) => number;
  /** the verdict `worse` stops a promotion only above this value; null: at any value */
  readonly blocksAbove: number | null;
}

/** 1 / √count in percentage points: twice the largest standard error of a fraction of `count` images. */
const fractionTolerance = ({ count }: FigureValue) => 100 / Math.sqrt(count);

/** In percentage points: 0.3 for 10,000 images (docs/experiments.md). */
const calibrationTolerance = ({ count }: FigureValue) => 30 / Math.sqrt(count);

const aurocTolerance = () => 0.01;

/** Repeated measurements on one machine differ by up to 25 %. */
const quarterTolerance = ({ value }: FigureValue) => 0.25 * value;

const megabyte = 1 << 20;

const figures: readonly Figure[] = [
  {
    name: 'digits refused',
    group: 'refusal',
    unit: '%',
    measure: ({ results }) => refusedOf(results.filter(isDigits)),
    isLowerBetter: true,
    tolerance: fractionTolerance,
    blocksAbove: null,
  },
  {
    name: 'outliers refused',
    group: 'refusal',
    unit: '%',
    measure: ({ results }) => refusedOf(results.filter(isOutliers)),
    isLowerBetter: false,
    tolerance: fractionTolerance,
    blocksAbove: null,
  },
  {
    name: 'digits told apart from outliers',
    group: 'refusal',
    unit: 'area',
    measure: ({ results }) => aurocOf(results.filter(isDigits), results.filter(isOutliers)),
    isLowerBetter: false,
    tolerance: aurocTolerance,
    blocksAbove: null,
  },
  {
    name: 'calibration error, test images',
    group: 'calibration',
    unit: '%',
    measure: ({ results }) => calibrationOf(results),
    isLowerBetter: true,
    tolerance: calibrationTolerance,
    blocksAbove: null,
  },
  {
    name: 'one picture',
    group: 'speed',
    unit: 'ms',
    measure: ({ latencyMs }) => ({ value: latencyMs, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // The app shows a prediction after about 12 ms, so smaller latencies are not noticeable.
    blocksAbove: 2,
  },
  {
    name: 'weights',
    group: 'size',
    unit: 'weights',
    measure: ({ weights }) => ({ value: weights, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // Informative only: file size and latency have separate rows.
    blocksAbove: Number.POSITIVE_INFINITY,
  },
  {
    name: 'model file',
    group: 'size',
    unit: 'bytes',
    measure: ({ bytes }) => ({ value: bytes, count: 1 }),
    isLowerBetter: true,
    tolerance: quarterTolerance,
    // Half of the kernel memory of the service.
    blocksAbove: 32 * megabyte,
  },
];

/**
 * The rows of all figures.
 *
 * @param champion null if there is none
 */
export function figureRows(champion: MeasuredModel | null, challenger: MeasuredModel): GateRow[] {
  return figures.flatMap(figure => {
    const candidate = figure.measure(challenger);
    if (candidate === null) return [];
    const current = champion && figure.measure(champion);
    return [current ? rowOf(figure, current, candidate) : rowAlone(figure, candidate)];
  });
}

function rowAlone({ name, group, unit }: Figure, { value }: FigureValue): GateRow {
  return rowWithoutChampion({ name, group, unit, challenger: value });
}

function rowOf(figure: Figure, champion: FigureValue, challenger: FigureValue): GateRow {
  const { name, group, unit, blocksAbove } = figure;
  const tolerance = figure.tolerance(champion);
  const verdict = compareValues(challenger.value - champion.value, tolerance, figure.isLowerBetter);
  const matters = blocksAbove === null || challenger.value > blocksAbove;
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
function refusedOf(results: readonly SetResult[]): FigureValue | null {
  const count = results.reduce((sum, result) => sum + result.count, 0);
  if (count === 0) return null;
  const refused = results.reduce((sum, { refusal }) => sum + refusal!.refused, 0);
  return { value: (100 * refused) / count, count };
}

/** The AUROC of confidence or energy, the two scores with thresholds, whichever is higher. */
function aurocOf(digits: readonly SetResult[], outliers: readonly SetResult[]): FigureValue | null {
  if (digits.length === 0 || outliers.length === 0) return null;
  const digitScores = joinScores(digits.map(({ refusal }) => refusal!.scores));
  const outlierScores = joinScores(outliers.map(({ refusal }) => refusal!.scores));
  const areas = (['confidence', 'energy'] as const).map(name =>
    areaUnderCurve(digitScores[name], outlierScores[name]),
  );
  return { value: Math.max(...areas), count: digitScores.energy.length };
}

function calibrationOf(results: readonly SetResult[]): FigureValue | null {
  const test = results.find(({ calibrationError }) => calibrationError !== null);
  return test ? { value: 100 * test.calibrationError!, count: test.count } : null;
}
