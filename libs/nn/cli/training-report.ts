// Shows a training run to a person: a bar that moves on a terminal, a line an epoch anywhere.
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { TrainingConfiguration } from '../src/train/configuration.ts';
import type { TrainingEvent } from '../src/train/events.ts';

const barColumns = 24;
const redrawMs = 100;

export interface TrainingReport {
  /** A line that stays. */
  readonly say: (line: string) => void;
  readonly show: (event: TrainingEvent) => void;
  /** Takes the moving line away, however the training ended. */
  readonly end: () => void;
}

export function createTrainingReport(
  stream: NodeJS.WriteStream,
  { phases }: TrainingConfiguration,
  imagesPerEpoch: number,
): TrainingReport {
  const moving = stream.isTTY ? createLogUpdate(stream) : null;
  const say = (line: string) => {
    moving?.clear();
    stream.write(`${line}\n`);
  };
  const totalImages = imagesPerEpoch * phases.reduce((sum, { epochs }) => sum + epochs, 0);
  const started = performance.now();
  let seen = 0;
  let epochStarted = started;
  let drawn = Number.NEGATIVE_INFINITY;

  const show = (event: TrainingEvent) => {
    const now = performance.now();
    switch (event.type) {
      case 'phase':
        say(bold(stream, describePhase(event)));
        epochStarted = now;
        break;
      case 'batch': {
        seen += event.images;
        if (!moving || now - drawn < redrawMs) break;
        drawn = now;
        const secondsLeft = ((now - started) / 1000 / seen) * (totalImages - seen);
        moving(
          `${bar(seen / totalImages)} epoch ${event.epoch}/${event.epochs} of phase ` +
            `${event.phase}/${event.phases} · loss ${event.loss.toFixed(4)} · ` +
            `${clock(secondsLeft)} left`,
        );
        break;
      }
      case 'epoch': {
        const seconds = (now - epochStarted) / 1000;
        epochStarted = now;
        say(
          `  epoch ${String(event.epoch).padStart(2)}/${event.epochs}  ` +
            `loss ${event.loss.toFixed(4)}  validation ${percent(event.validation.accuracy)}  ` +
            `${count(imagesPerEpoch / seconds)} images/s`,
        );
        break;
      }
      case 'done':
        say(`Trained in ${clock((now - started) / 1000)}.`);
        break;
    }
  };
  return { say, show, end: () => moving?.clear() };
}

function describePhase(event: Extract<TrainingEvent, { type: 'phase' }>): string {
  const { phase, phases, batchSize, epochs, learningRate } = event;
  return (
    `Phase ${phase} of ${phases}: ${epochs} epochs in batches of ${batchSize}, ` +
    `learning rate ${learningRate}`
  );
}

function bar(share: number): string {
  const filled = Math.round(share * barColumns);
  return `${'█'.repeat(filled)}${'░'.repeat(barColumns - filled)} ${percent(share, 0)}`;
}

function bold(stream: NodeJS.WriteStream, text: string): string {
  return styleText('bold', text, { stream });
}

export function percent(share: number, digits = 2): string {
  return `${(100 * share).toFixed(digits)} %`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
