// Parses what nn:train and nn:promote print with --json, by the schemas of @digits/protocol, and makes
// its texts printable. It loads the validator: import it dynamically, when a training begins.

import {
  BatchEvent,
  CorrectionsEvent,
  DoneEvent,
  GateProgress,
  GateResult,
  SuspectLabel,
  SynthesisEvent,
} from '@digits/protocol';
import { fractionAfter } from '@digits/screen';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Gate, GateRow } from '../state/learning/gate.ts';
import { printable } from '../untrusted-text.ts';
import { badOutput, parseOutputLine } from './output-line.ts';
import type { CorrectionsChecked, TrainerEvent } from './trainer-event.ts';

// Of each document the members that the app uses; what else is in it may differ.
const corrections = Compile(
  Type.Object({
    ...Type.Pick(CorrectionsEvent, ['type', 'trained', 'heldOut']).properties,
    doubtful: Type.Array(Type.Pick(SuspectLabel, ['id', 'label', 'why', 'said', 'confidence'])),
  }),
);
const batch = Compile(Type.Omit(BatchEvent, ['images', 'loss']));
const done = Compile(
  Type.Object({
    ...Type.Pick(DoneEvent, ['type', 'isChampion']).properties,
    model: Type.Pick(DoneEvent.properties.model, ['version']),
  }),
);
const synthesis = Compile(SynthesisEvent);
const gateProgress = Compile(GateProgress);
const gateResult = Compile(GateResult);

/** As long as the id of a correction may be: see `ManifestLine`. */
const maxIdCharacters = 100;

/**
 * @param line one line of nn:train --json
 * @returns undefined for an event that the app does not use
 * @throws AppError `trainer-bad-output` for malformed JSON or an event that breaks the contract
 */
export function parseTrainerEvent(line: string): TrainerEvent | undefined {
  const event = parseObject(line);
  switch (event['type']) {
    case 'corrections':
      return correctionsOf(event);
    case 'synthesis':
      return preparationOf(event);
    case 'batch':
      return progressOf(event);
    case 'checkpoint':
      return { type: 'checkpoint' };
    case 'done':
      if (!done.Check(event)) throw badOutput('a model');
      return { type: 'done', version: event.model.version, isChampion: event.isChampion };
    default:
      return undefined;
  }
}

function correctionsOf(event: object): CorrectionsChecked {
  if (!corrections.Check(event)) throw badOutput('the number of corrections');
  const { trained, heldOut, doubtful } = event;
  const suspects = doubtful.map(({ id, label, why, said, confidence }) => ({
    id: printable(id, maxIdCharacters),
    label,
    why,
    predicted: said,
    confidence,
  }));
  return { type: 'corrections', trained, heldOut, suspects };
}

/** @returns undefined until the number of pictures is known */
function preparationOf(event: object): TrainerEvent | undefined {
  if (!synthesis.Check(event)) throw badOutput('the progress');
  const { step, done, of } = event;
  if (of === null || of === 0) return undefined;
  if (done > of) throw badOutput('the progress');
  return { type: 'preparation', step, fraction: done / of };
}

/** All phases count alike: the events do not have the number of their steps in advance. */
function progressOf(event: object): TrainerEvent {
  if (!batch.Check(event)) throw badOutput('the progress');
  const { phase, phases, epoch, epochs, batch: step, batches } = event;
  if (phase > phases || epoch > epochs || step > batches) throw badOutput('the progress');
  return { type: 'progress', fraction: fractionAfter(event), epoch, epochs };
}

/**
 * @param line one line of nn:promote --json --progress
 * @returns the fraction of the comparison that is done, or the result of the gate
 * @throws AppError `trainer-bad-output` if it is neither
 */
export function parseGateLine(line: string): number | Gate {
  const event = parseObject(line);
  if (event['type'] !== 'progress') return parseGate(line);
  if (!gateProgress.Check(event) || event.done > event.total) throw badOutput('the progress');
  return event.done / event.total;
}

/**
 * @param line the document of nn:promote --json
 * @throws AppError `trainer-bad-output` if it is not the result of the gate
 */
export function parseGate(line: string): Gate {
  const result = parseObject(line);
  if (!gateResult.Check(result)) throw badOutput('the result of the gate');
  const { version, champion, rows, passes, promoted, why } = result;
  return {
    version,
    champion: champion === null ? undefined : printable(champion, 100),
    rows: rows.map(gateRow),
    passes,
    promoted,
    why: printable(why, 500),
    document: line,
  };
}

function gateRow(row: GateResult['rows'][number]): GateRow {
  const { name, group, champion, challenger, unit, verdict, matters, why } = row;
  return {
    name: printable(name, 100),
    group: printable(group, 40),
    champion: champion ?? undefined,
    challenger,
    unit: printable(unit, 20),
    verdict,
    matters,
    why: printable(why, 300),
  };
}

/** @throws AppError `trainer-bad-output` unless the line is a JSON object */
function parseObject(line: string): Readonly<Record<string, unknown>> {
  const value = parseOutputLine(line);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw badOutput('a JSON object');
}
