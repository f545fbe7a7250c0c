// Prints the progress of a training run: a line per epoch, and a progress bar on a terminal.

import { styleText } from 'node:util';
import type { ProbeEvent, SynthesisEvent } from '@digits/protocol';
import { clock, fractionAfter, type Progress, remainingMs } from '@digits/screen';
import { createLogUpdate } from 'log-update';
import { percent, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { TrainingConfiguration } from '../../src/training/configuration.ts';
import type {
  BatchEvent,
  EpochEvent,
  NetworkEvent,
  PhaseEvent,
  TrainingEvent,
  ValidationEvent,
} from '../../src/training/events.ts';
import type { OutputStream } from '../shared/command.ts';
import { fitLine, widthOf, wrapSentences } from '../shared/table.ts';
import type { Observation } from './watch/observer.ts';

const barColumns = 16;
const sparklineColumns = 16;
const redrawMs = 100;

/** Prints the progress of a training. */
export interface TrainingReport {
  /** Prints a permanent line. */
  readonly print: (line: string) => void;
  readonly show: (event: Exclude<TrainingEvent, NetworkEvent | ValidationEvent>) => void;
  /** Prints the answers to probes: the first, the latest ones after every epoch, and the final ones. */
  readonly observe: (event: Observation) => void;
  /** Shows the progress of the preparation: a progress bar on a terminal, otherwise a line for each step. */
  readonly showSynthesis: (event: SynthesisEvent) => void;
  /** Clears the progress bar; must be called at the end, also after an error. */
  readonly end: () => void;
}

/** Creates a report for a stream. @param nowMs milliseconds on any clock, without those of pauses */
export function createTrainingReport(
  stream: OutputStream,
  { phases }: TrainingConfiguration,
  nowMs = () => performance.now(),
): TrainingReport {
  const log = stream.isTTY ? createLogUpdate(stream) : undefined;
  const print = (line: string) => {
    log?.clear();
    stream.write(`${wrapSentences(line, stream)}\n`);
  };
  let startedMs = nowMs();
  let epochStartedMs = startedMs;
  let redrawnMs = Number.NEGATIVE_INFINITY;
  const epochsOfPhases = phases.map(({ epochs }) => epochs);
  const losses: number[] = [];
  /** images processed since the start of this process, without those before a resumption */
  let seen = 0;
  let seenInEpoch = 0;
  let firstFraction: number | undefined;
  let validated = '';
  let answers: ProbeEvent | undefined;
  let isDone = false;
  let step: { readonly name: SynthesisEvent['step']; readonly startedMs: number } | undefined;

  /** Redraws the progress bar at most every `redrawMs`. */
  const redraw = (now: number, text: () => string) => {
    if (!log || now - redrawnMs < redrawMs) return;
    redrawnMs = now;
    log(text());
  };
  const showBatch = (event: BatchEvent, now: number) => {
    seen += event.images;
    seenInEpoch += event.images;
    losses.push(event.loss);
    redraw(now, () => {
      const done = fractionAfter(event, epochsOfPhases);
      firstFraction ??= done;
      const seconds = (now - startedMs) / 1000;
      const course = sparkline(inColumns(losses, sparklineColumns));
      const throughput = `${wholeNumber(seen / seconds)} images/s`;
      const parts = [
        bar(done),
        `phase ${event.phase}/${event.phases} epoch ${event.epoch}/${event.epochs}`,
        `loss ${event.loss.toFixed(4)}`,
        course,
        validated,
        throughput,
        timeLeft({ fraction: firstFraction, ms: startedMs }, { fraction: done, ms: now }),
      ];
      return fitLine(parts, [validated, throughput, course], widthOf(stream));
    });
  };
  const showEpoch = ({ epoch, epochs, loss, validation }: EpochEvent, now: number) => {
    const perSecond = seenInEpoch / ((now - epochStartedMs) / 1000);
    epochStartedMs = now;
    seenInEpoch = 0;
    validated = `validation ${percent(validation.accuracy)}`;
    print(
      `  epoch ${String(epoch).padStart(2)}/${epochs}  loss ${loss.toFixed(4)}  ${validated}  ` +
        `${wholeNumber(perSecond)} images/s`,
    );
    if (answers) print(describeAnswers(answers));
  };
  const show: TrainingReport['show'] = event => {
    const now = nowMs();
    switch (event.type) {
      case 'phase':
        print(styleText('bold', describePhase(event), { stream }));
        epochStartedMs = now;
        break;
      case 'batch':
        showBatch(event, now);
        break;
      case 'epoch':
        showEpoch(event, now);
        break;
      case 'checkpoint':
        break;
      case 'done':
        print(`Trained in ${clock(Math.round((now - startedMs) / 1000))}.`);
        isDone = true;
        break;
    }
  };
  const showSynthesis = ({ step: name, done, of }: SynthesisEvent) => {
    const now = nowMs();
    startedMs = now;
    if (of === null) return redraw(now, () => `${bar(0)}  Reading the data`);
    if (step?.name !== name) {
      step = { name, startedMs: now };
      if (!log) print(`${preparationSteps[name](`${wholeNumber(of)} `)} …`);
    }
    const start = { fraction: 0, ms: step.startedMs };
    redraw(now, () => {
      const fraction = done / of;
      const left = timeLeft(start, { fraction, ms: now });
      const parts = [bar(fraction), preparationSteps[name](''), left];
      return fitLine(parts, [], widthOf(stream));
    });
  };
  const observe = (event: Observation) => {
    if (event.type !== 'probe') return;
    if (answers === undefined || isDone) print(describeAnswers(event));
    answers = event;
  };
  return { print, show, observe, showSynthesis, end: () => log?.clear() };
}

function describeAnswers({ answers }: ProbeEvent): string {
  const parts = answers.map(({ picture, digit, probabilities }) =>
    digit === null ? `${picture} blank` : `${picture} ${digit} (${percent(probabilities[digit]!)})`,
  );
  return `  probes  ${parts.join('  ')}`;
}

/** What a step does with a number of images, which may be empty. */
const preparationSteps: Readonly<Record<SynthesisEvent['step'], (count: string) => string>> = {
  images: count => `Preparing ${count}images`,
  drawings: count => `Synthesising ${count}further images`,
};

/** The estimated time left; empty before there is progress. */
function timeLeft(start: Progress, now: Progress): string {
  const remaining = remainingMs(start, now);
  return remaining === undefined ? '' : `${clock(Math.round(remaining / 1000))} left`;
}

function describePhase(event: PhaseEvent): string {
  const { phase, phases, batchSize, epochs, learningRate, schedule } = event;
  return (
    `Phase ${phase} of ${phases}: ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} in batches of ${batchSize}, ` +
    `learning rate ${learningRate}, ${schedule.type}`
  );
}

function bar(fraction: number): string {
  const filled = Math.round(fraction * barColumns);
  return `${'█'.repeat(filled)}${'░'.repeat(barColumns - filled)} ${percent(fraction, 0)}`;
}

const blocks = '▁▂▃▄▅▆▇█';

/** A sparkline: a block character per value, scaled from the lowest to the highest. */
function sparkline(values: readonly number[]): string {
  const lowest = Math.min(...values);
  const range = Math.max(...values) - lowest || 1;
  return values
    .map(value => blocks[Math.round(((value - lowest) / range) * (blocks.length - 1))])
    .join('');
}

/** The means of at most `columns` groups of consecutive values. */
function inColumns(values: readonly number[], columns: number): number[] {
  const size = Math.max(1, Math.ceil(values.length / columns));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) => {
    const group = values.slice(i * size, (i + 1) * size);
    return group.reduce((sum, value) => sum + value, 0) / group.length;
  });
}
