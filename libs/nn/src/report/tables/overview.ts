// The figures that summarise an evaluation, in the order of reports, cards and the terminal.

import type { Evaluation } from '../../evaluation/metrics/evaluation.ts';
import { percent, percentRange, wholeNumber } from '../../evaluation/metrics/format.ts';

export interface OverviewRow {
  readonly title: string;
  readonly figure: (evaluation: Evaluation) => string;
}

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
