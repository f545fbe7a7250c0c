// Turns the network of a training, as it is between two steps, into events for people and programs: answers to
// probes, filters of the first layer, mistakes.

import type { FiltersEvent, MistakesEvent, ProbeEvent } from '@digits/protocol';
import type { Samples } from '../../../src/data/samples.ts';
import type { Network } from '../../../src/engine/network.ts';
import type { DataForm } from '../../../src/inference/data-form.ts';
import type { NetworkEvent, ValidationEvent } from '../../../src/training/events.ts';
import type { TrainingControl } from './control.ts';
import { filtersOf } from './filters.ts';
import { mistakesOf } from './mistakes.ts';
import { createProbeAnswers, type Probe } from './probes.ts';

/** An event that is computed from the network. */
export type Observation = ProbeEvent | FiltersEvent | MistakesEvent;

/** Options of an observer. */
export interface ObserverOptions {
  /** the pictures of --probe */
  readonly probes: readonly Probe[];
  /** steps between two answers to them */
  readonly probeEvery: number;
  /** whether a screen or a program watches: it gets answers ten times a second, filters, and mistakes */
  readonly isWatched: boolean;
  /** of data that is not of digits: no drawings are answered */
  readonly form?: DataForm | undefined;
  readonly control: Pick<TrainingControl, 'isPaused' | 'nowMs'>;
  readonly emit: (event: Observation) => void;
}

/** Observes one training. */
export interface Observer {
  /** For the options of the training; undefined if nothing needs the network. */
  readonly wantsNetwork: ((step: number) => boolean) | undefined;
  readonly observe: (event: NetworkEvent) => void;
  readonly validated: (event: ValidationEvent, validation: Samples) => void;
  /** Answers the probes at the end of a training. */
  readonly finish: (network: Network) => void;
  /** Replaces the picture that is answered besides the probes. It is answered at once if there is a network. */
  readonly draw: (drawing: Probe | undefined) => void;
}

/** Ten frames a second look continuous. */
const watchIntervalMs = 100;

/**
 * Filters change slowly, and each change writes their whole panel again: over 100 kB in a large window, more than
 * all other frames together.
 */
const filtersIntervalMs = 500;

export function createObserver(options: ObserverOptions): Observer {
  const { probes, probeEvery, isWatched, form, control, emit } = options;
  const answersOf = createProbeAnswers(probes.length + 1);
  let drawing: Probe | undefined;
  let last: Network | undefined;
  let steps = 0;
  let watchedMs = Number.NEGATIVE_INFINITY;
  let filtersMs = Number.NEGATIVE_INFINITY;

  const answer = () => {
    const asked = drawing ? [...probes, drawing] : probes;
    if (!last || asked.length === 0) return;
    emit({ type: 'probe', step: steps, answers: answersOf(last, asked) });
  };
  const isWanted = (step: number) => {
    steps = step;
    if (probes.length > 0 && step % probeEvery === 0) return true;
    // The network of a pause is the one that its drawings are answered by.
    const isAsked = probes.length > 0 || drawing !== undefined;
    const intervalMs = isAsked ? watchIntervalMs : filtersIntervalMs;
    return isWatched && (control.isPaused() || control.nowMs() - watchedMs >= intervalMs);
  };
  return {
    wantsNetwork: isWatched || probes.length > 0 ? isWanted : undefined,
    observe({ network, step }) {
      last = network;
      steps = step;
      answer();
      if (!isWatched) return;
      watchedMs = control.nowMs();
      if (watchedMs - filtersMs < filtersIntervalMs) return;
      filtersMs = watchedMs;
      emit(filtersOf(network, step, form?.columns));
    },
    validated(event, validation) {
      if (isWatched) emit(mistakesOf(event, validation));
    },
    finish(network) {
      last = network;
      answer();
    },
    draw(changed) {
      if (form) return;
      drawing = changed;
      if (drawing) answer();
    },
  };
}
