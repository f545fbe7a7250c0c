// What the panel beside the canvas and the evidence overlay show, in sentences for a screen reader.

import { canvasSide } from '@digits/canvas';
import { settingRows } from '../../state/mode.ts';
import { type Prediction, topClassOf } from '../../state/prediction.ts';
import { isEvidenceShown, isStale, type State, shownPrediction } from '../../state/state.ts';
import { type KeyHint, keyHintLines, keyHints } from './keys.ts';
import { settingLabels, settingText } from './settings.ts';

/** Signs that a screen reader may leave out. */
const keyNames: Readonly<Record<string, string>> = {
  '?': 'question mark',
  ',': 'comma',
  '[': 'left bracket',
  ']': 'right bracket',
};

/** @returns the keys of the current mode, a line each row. */
export function spokenKeyLines(state: State): string[] {
  return keyHintLines(state, 2, Number.POSITIVE_INFINITY).map(
    hints => `${hints.map(spokenHint).join(', ')}.`,
  );
}

function spokenHint([keys, meaning]: KeyHint): string {
  const names = keys.split(' ').filter(name => name !== '');
  return `${names.map(name => keyNames[name] ?? name).join(' or ')}: ${meaning}`;
}

/** @returns the help or the settings, if they are open. */
export function spokenPanel({ mode, settings }: State): string[] {
  if (mode.type === 'help') return keyHints.map(hint => `${spokenHint(hint)}.`);
  if (mode.type !== 'settings') return [];
  return settingRows.map((row, index) => {
    const line = `${settingLabels[row]}: ${settingText(row, settings)}`;
    return index === mode.row ? `Selected: ${line}.` : `${line}.`;
  });
}

/** @returns where the evidence is, if it is shown; empty otherwise. */
export function spokenEvidence(state: State): string {
  if (!isEvidenceShown(state)) return '';
  const prediction = shownPrediction(state)?.prediction;
  if (prediction === undefined) return 'Evidence is on: the next prediction comes with it.';
  if (isStale(state)) return 'The evidence is of an earlier drawing.';
  const places = (sign: 1 | -1) => strongestPlaces(prediction, sign).join(' and ');
  const [support, opposition] = [places(1), places(-1)];
  if (support === '' && opposition === '') return 'There is no evidence to report.';
  const digit = `Evidence for ${topClassOf(prediction).digit}`;
  return [
    support === '' ? `${digit}: none` : `${digit}: mostly ${support}`,
    ...(opposition === '' ? [] : [`against it: mostly ${opposition}`]),
  ]
    .join('; ')
    .concat('.');
}

/** Ninths of the network's input, from the top left. */
const placeNames = [
  ...['at the top left', 'at the top', 'at the top right'],
  ...['on the left', 'in the middle', 'on the right'],
  ...['at the bottom left', 'at the bottom', 'at the bottom right'],
];

/** Preprocessing fits a digit into 20×20 pixels in the middle: a margin of four. */
const margin = 4;
const maxPlaces = 2;

/** The ninths with most of the evidence of one sign; none without any. */
function strongestPlaces({ saliency = [] }: Prediction, sign: 1 | -1): string[] {
  const sums = placeNames.map((name, place) => {
    const within = saliency.filter((_, index) => placeOf(index) === place);
    return { name, sum: within.reduce((sum, value) => sum + Math.max(sign * value, 0), 0) };
  });
  const found = sums.filter(({ sum }) => sum > 0).toSorted((one, other) => other.sum - one.sum);
  return found.slice(0, maxPlaces).map(({ name }) => name);
}

function placeOf(index: number): number {
  return 3 * thirdOf(Math.floor(index / canvasSide)) + thirdOf(index % canvasSide);
}

function thirdOf(pixel: number): number {
  const third = Math.floor((3 * (pixel - margin)) / (canvasSide - 2 * margin));
  return Math.min(Math.max(third, 0), 2);
}
