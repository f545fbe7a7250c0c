// `nx run tui:bench`: measures the bundled app in a pseudo-terminal and prints the figures with their
// limits. `--json` prints one JSON document. Arguments select measurements.

import { measureAnswering, measureAnsweringLarge, measureAnsweringLayers } from './answering.ts';
import {
  measureDrawing,
  measureDrawingInside,
  measureDrawingInsideLarge,
  measureDrawingLarge,
} from './drawing.ts';
import { measureFirstFrame } from './first-frame.ts';
import { measureFlood } from './flood.ts';
import { measureIdle } from './idle.ts';
import { measureTraining } from './training.ts';

const measurements = {
  firstFrame: measureFirstFrame,
  drawing: measureDrawing,
  drawingLarge: measureDrawingLarge,
  drawingInside: measureDrawingInside,
  drawingInsideLarge: measureDrawingInsideLarge,
  answering: measureAnswering,
  answeringLayers: measureAnsweringLayers,
  answeringLarge: measureAnsweringLarge,
  idle: measureIdle,
  flood: measureFlood,
  training: measureTraining,
} as const;

const limits: Readonly<Record<string, string>> = {
  ratio: 'at most 3.3',
  'drawing.p95Ms': 'at most 16',
  'drawingLarge.p95Ms': 'at most 16',
  'drawingInside.p95Ms': 'at most 16',
  'drawingInsideLarge.p95Ms': 'at most 16',
  'drawing.bytesAReport': 'at most 400',
  'answering.p95Ms': 'at most 60',
  'answeringLayers.p95Ms': 'at most 60',
  'answeringLarge.p95Ms': 'at most 60',
  bytes: 'none',
  coreShare: 'below 0.01',
  ctrlCMs: 'at most 200',
  speedRatio: 'at least 0.9',
};

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const named = args.filter(arg => !arg.startsWith('--'));
const results: Record<string, object> = {};

for (const [name, measure] of Object.entries(measurements)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const figures = await measure();
  results[name] = figures;
  if (!isJson) show(name, figures);
}
if (isJson) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
// The pseudo-terminals of the sessions keep the event loop alive.
process.exit();

function show(name: string, figures: object): void {
  for (const [figure, value] of Object.entries(figures)) {
    const limit = limits[`${name}.${figure}`] ?? limits[figure];
    const text = typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(3) : value;
    const label = `${name}.${figure}`.padEnd(26);
    process.stdout.write(`${label} ${text}${limit === undefined ? '' : `   (${limit})`}\n`);
  }
}
