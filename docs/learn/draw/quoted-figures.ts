// The measured figures that the chapters quote, as they are written there; a test looks for each.

import type { Measurements } from './measure.ts';
import type { Speeds } from './speed.ts';

/** By the name of the chapter's file. */
export function quotedFigures(measured: Measurements, speeds: Speeds): Record<string, string[]> {
  return {
    '3-digit-classifier.md': [percent(measured.training.test)],
    '4-strangers-hands.md': quotedInChapter4(measured),
    '5-fast.md': quotedInChapter5(speeds),
  };
}

function quotedInChapter4({ training, steps, networks, calibration }: Measurements): string[] {
  const [raw, polarity, ...further] = steps.map(({ accuracy }) => percent(accuracy));
  const [before, after] = calibration.map(each => percent(each.expectedCalibrationError));
  return [
    `${percent(training.test)} of MNIST's test images correctly, and ${raw} of drawings`,
    `${raw!.replace(' %', '')} → ${polarity}`,
    ...further.map(accuracy => `: ${accuracy}`),
    ...networks.map(({ mnist, drawings, flagged, flaggedReadAsSeven }) =>
      [mnist, drawings, flagged, flaggedReadAsSeven].map(percent).join(' | '),
    ),
    `from ${before} to ${after}`,
    `refuses ${percent(networks[2]!.outliersRefused)} of 1,000 outliers`,
    `the one before it ${percent(networks[1]!.outliersRefused)}`,
  ];
}

function quotedInChapter5({ measurements }: Speeds): string[] {
  const speeds = measurements.map(({ median }) => median);
  const shown = speeds.map(speed => Number(speed.toPrecision(speed < 100 ? 2 : 3)));
  const ratio = (speeds[5]! / speeds[0]!).toFixed(0);
  return [...shown.map(speed => `${speed} GFLOP/s`), `${ratio} times the speed of the first loop`];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
