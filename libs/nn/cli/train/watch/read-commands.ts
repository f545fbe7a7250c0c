// Reads the commands of --watch: lines of JSON on stdin, from the program that shows the training.

import { createInterface } from 'node:readline';
import { inputLength, inputSide, WatchCommand } from '@digits/protocol';
import Value from 'typebox/value';
import type { Picture } from '../../../src/preprocess/picture.ts';
import type { InputStream } from '../../shared/command.ts';
import type { TrainingControl } from './control.ts';
import type { Observer } from './observer.ts';
import { type Probe, probeOf } from './probes.ts';

/** What the commands act on. */
export interface CommandTargets {
  readonly control: TrainingControl;
  readonly observer: Observer;
  readonly print: (line: string) => void;
}

/**
 * Executes each line until stdin ends, which stops the training: the program has ended.
 *
 * @returns stops reading
 */
export function readCommands(stdin: InputStream, targets: CommandTargets): () => void {
  const lines = createInterface({ input: stdin });
  let isClosed = false;
  lines.on('line', line => {
    const command = parseCommand(line);
    if (command) execute(command, targets);
    else targets.print(`Ignored: ${line.slice(0, 100)} is no command of --watch.`);
  });
  lines.on('close', () => {
    if (!isClosed) targets.control.stop();
  });
  return () => {
    isClosed = true;
    lines.close();
    stdin.unref?.();
  };
}

function parseCommand(line: string): WatchCommand | undefined {
  try {
    const command: unknown = JSON.parse(line);
    return Value.Check(WatchCommand, command) ? command : undefined;
  } catch {
    return undefined;
  }
}

function execute(command: WatchCommand, { control, observer }: CommandTargets): void {
  switch (command.type) {
    case 'pause':
      control.pause();
      break;
    case 'continue':
      control.goOn();
      break;
    case 'stop':
      control.stop();
      break;
    case 'save':
      control.save();
      break;
    case 'probe':
      observer.draw(drawingOf(command.picture, command.pixels));
      break;
  }
}

/** @param pixels base64; of another length than a drawing's: no drawing */
function drawingOf(name: string, pixels: string): Probe | undefined {
  const data = Uint8Array.from(Buffer.from(pixels, 'base64'));
  if (data.length !== inputLength) return undefined;
  const picture: Picture = { width: inputSide, height: inputSide, channels: 1, data };
  return probeOf(name, picture);
}
