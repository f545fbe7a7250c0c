// What the panel beside the canvas and the evidence overlay show, in sentences for a screen reader.

import { evidenceSentence, isEvidenceShown, shownPrediction } from '@digits/client';
import { settingRows } from '../../state/mode.ts';
import { isStale, type State } from '../../state/state.ts';
import type { KeyHint } from './key-hint.ts';
import { keyHintLines, keyHints } from './keys.ts';
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
  return evidenceSentence(prediction);
}
