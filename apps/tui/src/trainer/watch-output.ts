// Parses what nn:train --watch prints, by the schema of @digits/protocol. It loads the validator: import it
// dynamically, when a training begins.

import { TrainingEvent } from '@digits/protocol';
import { Compile } from 'typebox/compile';
import { badOutput, parseOutputLine } from './output-line.ts';

const schema = Compile(TrainingEvent);

/** @throws AppError `trainer-bad-output` for a line that is no event */
export function parseTrainingEvent(line: string): TrainingEvent {
  const event = parseOutputLine(line);
  if (schema.Check(event)) return event;
  throw badOutput('an event');
}
