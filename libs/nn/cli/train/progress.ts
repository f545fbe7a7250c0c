// Shows a training run to a person: a bar that moves on a terminal, a line an epoch anywhere.

import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { percent, wholeNumber } from '../../src/evaluation/metrics/format.ts';
import type { Phase, TrainingConfiguration } from '../../src/training/configuration.ts';
import type { BatchEvent, PhaseEvent, TrainingEvent } from '../../src/training/events.ts';
import { inColumns, sparkline } from './sparkline.ts';

const barColumns = 16;
const sparklineColumns = 16;
const redrawMs = 100;

export interface TrainingReport {
  /** A line that stays. */
  readonly say: (line: string) => void;
  readonly show: (event: TrainingEvent) => void;
  /** how far drawing the pictures has come, 0…1 */
  readonly showDrawing: (share: number) => void;
  /** Takes the moving line away, however the training ended. */
  readonly end: () => void;
}

export function createTrainingReport(
  stream: NodeJS.WriteStream,
  { phases }: TrainingConfiguration,
): TrainingReport {
  const moving = stream.isTTY ? createLogUpdate(stream) : null;
  const say = (line: string) => {
    moving?.clear();
    stream.write(`${line}\n`);
  };
  let started = performance.now();
  const losses: number[] = [];
  /** images seen in this process; a resumed run has seen more before */
  let seen = 0;
  let shareBefore: number | null = null;
  let seenInEpoch = 0;
  let epochStarted = started;
  let drawn = Number.NEGATIVE_INFINITY;
  let validated = '';

  const showDrawing = (share: number) => {
    const now = performance.now();
    started = now;
    if (!moving || now - drawn < redrawMs) return;
    drawn = now;
    moving(`${bar(share)}  drawing pictures to train on`);
  };

  const show = (event: TrainingEvent) => {
    const now = performance.now();
    switch (event.type) {
      case 'phase':
        say(bold(stream, describePhase(event)));
        epochStarted = now;
        break;
      case 'batch': {
        seen += event.images;
        seenInEpoch += event.images;
        losses.push(event.loss);
        if (!moving || now - drawn < redrawMs) break;
        drawn = now;
        const done = shareDone(phases, event);
        shareBefore ??= done;
        const perSecond = seen / ((now - started) / 1000);
        moving(
          `${bar(done)}  phase ${event.phase}/${event.phases} epoch ${event.epoch}/${event.epochs}` +
            `  loss ${event.loss.toFixed(4)} ${sparkline(inColumns(losses, sparklineColumns))}` +
            `${validated}  ${wholeNumber(perSecond)} images/s  ` +
            `${timeLeft(done, shareBefore, (now - started) / 1000)}`,
        );
        break;
      }
      case 'epoch': {
        const perSecond = seenInEpoch / ((now - epochStarted) / 1000);
        epochStarted = now;
        seenInEpoch = 0;
        validated = `  validation ${percent(event.validation.accuracy)}`;
        say(
          `  epoch ${String(event.epoch).padStart(2)}/${event.epochs}  ` +
            `loss ${event.loss.toFixed(4)}${validated}  ${wholeNumber(perSecond)} images/s`,
        );
        break;
      }
      case 'checkpoint':
        break;
      case 'done':
        say(`Trained in ${clock((now - started) / 1000)}.`);
        break;
    }
  };
  return { say, show, showDrawing, end: () => moving?.clear() };
}

/** Empty until there is something to tell it by. */
function timeLeft(done: number, before: number, seconds: number): string {
  return done > before ? `${clock(((1 - done) / (done - before)) * seconds)} left` : '';
}

/** Share of the whole run's images that are seen after this batch, in this process or before. */
function shareDone(phases: readonly Phase[], { phase, epoch, batch, batches }: BatchEvent): number {
  const epochs = (some: readonly Phase[]) => some.reduce((sum, one) => sum + one.epochs, 0);
  return (epochs(phases.slice(0, phase - 1)) + epoch - 1 + batch / batches) / epochs(phases);
}

function describePhase(event: PhaseEvent): string {
  const { phase, phases, batchSize, epochs, learningRate, schedule } = event;
  return (
    `Phase ${phase} of ${phases}: ${epochs} epochs in batches of ${batchSize}, ` +
    `learning rate ${learningRate}, ${schedule.type}`
  );
}

function bar(share: number): string {
  const filled = Math.round(share * barColumns);
  return `${'█'.repeat(filled)}${'░'.repeat(barColumns - filled)} ${percent(share, 0)}`;
}

function bold(stream: NodeJS.WriteStream, text: string): string {
  return styleText('bold', text, { stream });
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
