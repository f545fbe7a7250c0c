// The rows of figures that are no shares of pictures read right: refusal, calibration, speed, size.
// There is no test of chance for them; each has a tolerance, and says where it comes from.

import { areaUnderCurve } from '../metrics/roc.ts';
import { joinScores } from '../metrics/scores.ts';
import { type GateRow, type RowComparison, rowWithoutChampion } from './gate-row.ts';
import { digitGroups, type SetResult } from './set-results.ts';

/** What is known of a contender besides its readings. */
export interface MeasuredModel {
  readonly readings: readonly SetResult[];
  /** median for one picture */
  readonly milliseconds: number;
  readonly weights: number;
  /** of the model file */
  readonly bytes: number;
}

/** A figure of one contender, and of how many pictures it is a share. */
interface Value {
  readonly value: number;
  readonly count: number;
}

interface Figure extends Pick<GateRow, 'name' | 'group' | 'unit'> {
  /** null where there is nothing to measure it on */
  readonly of: (contender: MeasuredModel) => Value | null;
  readonly isLowerBetter: boolean;
  /** In the figure's unit: a change up to this is none. */
  readonly tolerance: (champion: Value) => number;
  /** null: whatever it comes to; otherwise worse stops only above this */
  readonly mattersAbove: number | null;
}

/**
 * 1/√n, in points: twice the standard error of a share of n pictures where that is widest. Three
 * trainings of `quick` that differed in their seed were 0.7 points apart in the digits that they
 * refused, of 18,000, and 0.5 in the no-digits, of 2,300.
 */
const ofShares = ({ count }: Value) => 100 / Math.sqrt(count);

/** The same three were 0.1 points apart on 10,000 pictures; this allows for 0.3. */
const ofCalibration = ({ count }: Value) => 30 / Math.sqrt(count);

/** The same three were 0.003 apart. */
const ofAreas = () => 0.01;

/** What one machine's runs of the same thing can differ by. */
const aQuarter = ({ value }: Value) => 0.25 * value;

const megabyte = 1 << 20;

const figures: readonly Figure[] = [
  {
    name: 'digits refused',
    group: 'refusal',
    unit: '%',
    of: ({ readings }) => refusedOf(readings.filter(isGenuine)),
    isLowerBetter: true,
    tolerance: ofShares,
    mattersAbove: null,
  },
  {
    name: 'no-digits refused',
    group: 'refusal',
    unit: '%',
    of: ({ readings }) => refusedOf(readings.filter(isNoDigit)),
    isLowerBetter: false,
    tolerance: ofShares,
    mattersAbove: null,
  },
  {
    name: 'digits told from no-digits',
    group: 'refusal',
    unit: 'area',
    of: ({ readings }) => areaOf(readings.filter(isGenuine), readings.filter(isNoDigit)),
    isLowerBetter: false,
    tolerance: ofAreas,
    mattersAbove: null,
  },
  {
    name: 'calibration error, test images',
    group: 'calibration',
    unit: '%',
    of: ({ readings }) => calibrationOf(readings),
    isLowerBetter: true,
    tolerance: ofCalibration,
    mattersAbove: null,
  },
  {
    name: 'one picture',
    group: 'speed',
    unit: 'ms',
    of: ({ milliseconds }) => ({ value: milliseconds, count: 1 }),
    isLowerBetter: true,
    tolerance: aQuarter,
    // An answer from a drawing takes some 12 ms in all: what is below this nobody sees.
    mattersAbove: 2,
  },
  {
    name: 'weights',
    group: 'size',
    unit: 'weights',
    of: ({ weights }) => ({ value: weights, count: 1 }),
    isLowerBetter: true,
    tolerance: aQuarter,
    // They cost what the file and the time cost, which have rows of their own.
    mattersAbove: Number.POSITIVE_INFINITY,
  },
  {
    name: 'model file',
    group: 'size',
    unit: 'bytes',
    of: ({ bytes }) => ({ value: bytes, count: 1 }),
    isLowerBetter: true,
    tolerance: aQuarter,
    // Half of the room that the service has for a model and its work.
    mattersAbove: 32 * megabyte,
  },
];

/** @param champion null for none */
export function figureRows(champion: MeasuredModel | null, challenger: MeasuredModel): GateRow[] {
  return figures.flatMap(figure => {
    const own = figure.of(challenger);
    if (own === null) return [];
    const other = champion && figure.of(champion);
    return [other === null ? rowUnopposed(figure, own) : rowOf(figure, other, own)];
  });
}

function rowUnopposed({ name, group, unit }: Figure, { value }: Value): GateRow {
  return rowWithoutChampion({ name, group, unit, challenger: value });
}

function rowOf(figure: Figure, champion: Value, challenger: Value): GateRow {
  const { name, group, unit, mattersAbove } = figure;
  const tolerance = figure.tolerance(champion);
  const verdict = verdictOf(challenger.value - champion.value, tolerance, figure.isLowerBetter);
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
      (verdict === 'worse' && !matters ? ', which matters to nobody yet' : ''),
  };
}

function verdictOf(change: number, tolerance: number, isLowerBetter: boolean): RowComparison {
  if (Math.abs(change) <= tolerance) return 'same';
  return change < 0 === isLowerBetter ? 'better' : 'worse';
}

function describeTolerance(tolerance: number, unit: GateRow['unit']): string {
  if (unit === '%') return `${tolerance.toFixed(2)} points`;
  return unit === 'area' ? String(tolerance) : 'a quarter';
}

const isGenuine = ({ group }: SetResult) => digitGroups.includes(group);
const isNoDigit = ({ group }: SetResult) => group === 'no-digits';

/** Of all pictures of these sets, in percent. */
function refusedOf(readings: readonly SetResult[]): Value | null {
  const count = readings.reduce((sum, reading) => sum + reading.count, 0);
  if (count === 0) return null;
  const refused = readings.reduce((sum, { refusal: judged }) => sum + judged!.refused, 0);
  return { value: (100 * refused) / count, count };
}

/** By the better of the two scores that the thresholds stand on. */
function areaOf(digits: readonly SetResult[], noDigits: readonly SetResult[]): Value | null {
  if (digits.length === 0 || noDigits.length === 0) return null;
  const wanted = joinScores(digits.map(({ refusal: judged }) => judged!.scores));
  const unwanted = joinScores(noDigits.map(({ refusal: judged }) => judged!.scores));
  const areas = (['confidence', 'energy'] as const).map(name =>
    areaUnderCurve(wanted[name], unwanted[name]),
  );
  return { value: Math.max(...areas), count: wanted.energy.length };
}

function calibrationOf(readings: readonly SetResult[]): Value | null {
  const test = readings.find(({ calibrationError }) => calibrationError !== null);
  return test ? { value: 100 * test.calibrationError!, count: test.count } : null;
}
