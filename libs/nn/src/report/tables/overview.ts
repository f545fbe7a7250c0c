// The figures that summarise an evaluation, in their order in reports, cards and on the terminal.

import type { Calibration } from '../../evaluation/metrics/calibration.ts';
import type { Evaluation } from '../../evaluation/metrics/evaluation.ts';
import { percent, percentRange, wholeNumber } from '../../evaluation/metrics/format.ts';

type CalibrationFigures = Pick<Calibration, 'negativeLogLikelihood' | 'expectedCalibrationError'>;

/** The part of an evaluation that the overview shows. */
export interface OverviewFigures
  extends Pick<Evaluation, 'count' | 'correct' | 'accuracy' | 'interval'> {
  readonly calibrated: CalibrationFigures;
  readonly uncalibrated: CalibrationFigures;
}

/** A figure with its title. */
export interface OverviewRow {
  readonly title: string;
  readonly figure: (figures: OverviewFigures) => string;
}

/** All rows, in order. */
export const overviewRows: readonly OverviewRow[] = [
  { title: 'Images', figure: ({ count }) => wholeNumber(count) },
  { title: 'Mistakes', figure: ({ count, correct }) => wholeNumber(count - correct) },
  { title: 'Accuracy', figure: ({ accuracy }) => percent(accuracy) },
  { title: '95 % interval', figure: ({ interval }) => percentRange(interval) },
  {
    title: 'Negative log-likelihood',
    figure: ({ calibrated }) => calibrated.negativeLogLikelihood.toFixed(4),
  },
  {
    title: '… before temperature scaling',
    figure: ({ uncalibrated }) => uncalibrated.negativeLogLikelihood.toFixed(4),
  },
  {
    title: 'Expected calibration error',
    figure: ({ calibrated }) => percent(calibrated.expectedCalibrationError),
  },
  {
    title: '… before temperature scaling',
    figure: ({ uncalibrated }) => percent(uncalibrated.expectedCalibrationError),
  },
];
