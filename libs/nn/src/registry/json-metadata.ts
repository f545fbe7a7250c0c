// The optional entries of a model file's metadata, encoded as JSON because safetensors metadata are
// strings.

import Type, { type Static, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { NnError } from '../errors.ts';
import {
  type DataForm,
  maxClasses,
  maxClassNameLength,
  maxLayerSize,
} from '../inference/data-form.ts';
import type { RejectionThresholds } from '../inference/decision.ts';
import type { MeasuredAccuracy, ModelDescription } from '../inference/model.ts';
import { parseJson } from '../parse-json.ts';

type Metadata = Readonly<Record<string, string>>;

/** In nats, of either sign; energies of trained networks are within ±100. */
const maxEnergyLimit = 1e6;

const maxAccuracyCount = 1e9;

const AcceptanceEntry = Type.Object({
  minConfidence: Type.Number({ minimum: 0, maximum: 1 }),
  maxEnergy: Type.Number({ minimum: -maxEnergyLimit, maximum: maxEnergyLimit }),
});

const AccuracyEntry = Type.Object({
  data: Type.String({ maxLength: 200 }),
  count: Type.Integer({ minimum: 1, maximum: maxAccuracyCount }),
  correct: Type.Integer({ minimum: 0, maximum: maxAccuracyCount }),
});

const FormEntry = Type.Object({
  rows: Type.Integer({ minimum: 1, maximum: maxLayerSize }),
  columns: Type.Integer({ minimum: 1, maximum: maxLayerSize }),
  firstLabel: Type.Integer({ minimum: 0, maximum: 1 }),
  classes: Type.Array(Type.String({ minLength: 1, maxLength: maxClassNameLength }), {
    minItems: 2,
    maxItems: maxClasses,
  }),
});

/** Encodes the entries that the description has. @throws NnError `model-corrupt` for what no reader accepts */
export function jsonMetadataOf({ acceptance, accuracy, form }: ModelDescription): Metadata {
  const metadata = {
    ...(acceptance && { acceptance: JSON.stringify(acceptance) }),
    ...(accuracy && { accuracy: JSON.stringify(accuracy) }),
    ...(form && { form: JSON.stringify(form) }),
  };
  readAcceptance(metadata);
  readAccuracy(metadata);
  readForm(metadata);
  return metadata;
}

/** @throws NnError `model-corrupt` */
export function readAcceptance(metadata: Metadata): RejectionThresholds | null {
  return readEntry(metadata, 'acceptance', AcceptanceEntry);
}

/** @throws NnError `model-corrupt` */
export function readAccuracy(metadata: Metadata): MeasuredAccuracy | null {
  const accuracy = readEntry(metadata, 'accuracy', AccuracyEntry);
  if (accuracy && accuracy.correct > accuracy.count) throw corrupt('accuracy', metadata);
  return accuracy;
}

/** @throws NnError `model-corrupt` */
export function readForm(metadata: Metadata): DataForm | null {
  return readEntry(metadata, 'form', FormEntry);
}

function readEntry<Schema extends TSchema>(
  metadata: Metadata,
  key: string,
  schema: Schema,
): Static<Schema> | null {
  const text = metadata[key];
  if (text === undefined) return null;
  const value = parseJson(text);
  if (Value.Check(schema, value)) return value as Static<Schema>;
  throw corrupt(key, metadata);
}

function corrupt(key: string, metadata: Metadata): NnError {
  const text = metadata[key]?.slice(0, 200);
  return new NnError('model-corrupt', `${key} is ${text}, expected JSON as training writes it`);
}
