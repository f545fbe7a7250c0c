// The events that nn:train --json wrote, checked by their schema.

import { type CorrectionsEvent, type DoneEvent, TrainingEvent } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import type { Finished } from './run-command.ts';

const schema = Compile(TrainingEvent);

/** All events that a command wrote. */
export function eventsOf(stdout: string): TrainingEvent[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const event: unknown = JSON.parse(line);
      if (schema.Check(event)) return event;
      throw new Error(`not an event: ${line}`);
    });
}

/** The last event. */
export function doneOf({ stdout, stderr }: Finished): DoneEvent {
  const event = eventsOf(stdout).at(-1);
  if (event?.type === 'done') return event;
  throw new Error(`the training did not finish: ${stderr}`);
}

/** The event about the corrections of a training. */
export function correctionsOf({ stdout, stderr }: Finished): CorrectionsEvent {
  const event = eventsOf(stdout).find(({ type }) => type === 'corrections');
  if (event?.type === 'corrections') return event;
  throw new Error(`no corrections were read: ${stderr}`);
}
