// What a training would learn from and how long it would take, before the user decides.

import { clock } from '@digits/screen';
import { openSuspects } from '../../../state/corrections/corrections.ts';
import type { LearningDuration, LearningPlan } from '../../../state/learning/learning.ts';
import type { State } from '../../../state/state.ts';
import { type Table, type TableLine, wrapped } from './table.ts';

/** @returns the question whether to train. */
export function planSentence({ trained, duration }: LearningPlan): string {
  const what = trained === 1 ? '1 correction' : `${trained} corrections`;
  return `Train on ${what}? It takes about ${durationIn(duration.trainingMs + duration.comparisonMs)}, in the background.`;
}

/** @returns the counts and the estimate, with how it is made; no line longer than `columns`. */
export function planTable(state: State, plan: LearningPlan, columns: number): Table {
  const plain = (text: string): TableLine[] =>
    wrapped(text, columns).map(line => ({ text: line, tone: 'plain' as const }));
  return {
    title: 'Learn from the corrections',
    lines: [
      ...plainCounts(state, plan),
      { text: '', tone: 'plain' },
      ...plain(durationText(plan.duration)),
    ],
    footer: '',
  };
}

/** @returns the same for a screen reader. */
export function spokenPlan(state: State, plan: LearningPlan): string[] {
  const counts = plainCounts(state, plan).map(({ text }) => text.trim());
  return [`${counts.join(', ')}.`, durationText(plan.duration)];
}

function plainCounts(state: State, { trained, heldOut }: LearningPlan): TableLine[] {
  const suspects = openSuspects(state.review).length;
  const { waiting } = state.corrections;
  const counts = [
    { count: trained, what: 'to learn from', tone: 'strong' },
    { count: heldOut, what: 'held out for measurement', tone: 'plain' },
    { count: suspects, what: 'suspect, left out: F shows', tone: 'warning' },
    { count: waiting, what: 'waiting, not sent yet', tone: 'warning' },
  ] as const;
  return counts
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, what, tone }) => ({ text: `${`${count}`.padStart(4)} ${what}`, tone }));
}

/** Says where the figures come from. */
function durationText({ trainingMs, comparisonMs, isMeasured }: LearningDuration): string {
  const parts = `training ${durationIn(trainingMs)}, comparison ${durationIn(comparisonMs)}`;
  const source = isMeasured
    ? 'as long as the last time on this machine'
    : 'as on two idle cores of 3 GHz; no training has been timed on this machine yet';
  return `About ${durationIn(trainingMs + comparisonMs)} (${parts}): ${source}.`;
}

/** Minutes and seconds, rounded up. */
export function durationIn(ms: number): string {
  return clock(Math.ceil(ms / 1000));
}
