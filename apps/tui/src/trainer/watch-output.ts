// Parses what nn:train --watch prints, by the schema of @digits/protocol. It loads the validator: import it
// dynamically, when a training begins.

import { TrainingEvent } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import { AppError } from '../app-error.ts';

const schema = Compile(TrainingEvent);

/** @throws AppError `trainer-bad-output` for a line that is no event */
export function parseTrainingEvent(line: string): TrainingEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch (cause) {
    throw new AppError('trainer-bad-output', 'unexpected output instead of JSON', { cause });
  }
  if (schema.Check(event)) return event;
  throw new AppError('trainer-bad-output', 'unexpected output instead of an event');
}
