// The datatypes of the input tensor, and the conversion of its values to ink from 0 to 1.

import { networkInputs } from '@digits/nn';
import { nextTurn } from '../next-turn.ts';
import { badTensor } from './tensor.ts';

interface Datatype {
  readonly bytesPerValue: number;
  /** The value of full ink; 0 is paper. */
  readonly maximum: number;
  readonly areWhole: boolean;
  /** The values in little-endian bytes, as the binary extension specifies and all machines are. */
  view(bytes: Uint8Array): Values;
}

type Values = Float32Array | Float64Array | Uint8Array;

/** The bytes, or a copy where a view of larger values cannot begin at their offset. */
function aligned(bytes: Uint8Array, bytesPerValue: number): Uint8Array {
  return bytes.byteOffset % bytesPerValue === 0 ? bytes : new Uint8Array(bytes);
}

const datatypes: Readonly<Record<string, Datatype>> = {
  FP32: {
    ...{ bytesPerValue: 4, maximum: 1, areWhole: false },
    view(bytes) {
      const { buffer, byteOffset, byteLength } = aligned(bytes, 4);
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    },
  },
  FP64: {
    ...{ bytesPerValue: 8, maximum: 1, areWhole: false },
    view(bytes) {
      const { buffer, byteOffset, byteLength } = aligned(bytes, 8);
      return new Float64Array(buffer, byteOffset, byteLength / 8);
    },
  },
  UINT8: { bytesPerValue: 1, maximum: 255, areWhole: true, view: bytes => bytes },
};

export const datatypeNames = Object.keys(datatypes);

/** @throws Problem `bad-tensor` for an unknown one */
export function datatypeOf(name: string): Datatype {
  const known = Object.hasOwn(datatypes, name) ? datatypes[name] : undefined;
  if (known) return known;
  const names = datatypeNames.join(', ');
  throw badTensor(`the datatype must be one of ${names}, not ${JSON.stringify(name.slice(0, 40))}`);
}

/** Converted in one turn of the event loop: a millisecond. */
const pieceValues = 512 * networkInputs;

/**
 * Checks that the values are in the range of their datatype and divides them by its maximum. Other
 * ranges, such as a subtracted mean, would give plausible but wrong answers, so nothing is clamped.
 *
 * @returns ink from 0 to 1; 32-bit floats are converted in place
 * @throws Problem `bad-tensor`
 */
export async function toInk(values: Values, datatype: Datatype): Promise<Float32Array> {
  const ink = values instanceof Float32Array ? values : new Float32Array(values.length);
  for (let start = 0; start < values.length; start += pieceValues) {
    if (start > 0) await nextTurn();
    const end = Math.min(start + pieceValues, values.length);
    const isInk = ink === values && datatype.maximum === 1;
    if (!isInk || !areInk(ink, start, end)) convert(values, datatype, ink, [start, end]);
  }
  return ink;
}

/**
 * Whether the values are from 0 to 1, and not -0 or NaN. Compares their bits (IEEE 754): those of floats from +0 are in
 * the order of the floats, and those of negative floats are negative, which takes a third of the time.
 */
function areInk({ buffer, byteOffset }: Float32Array, start: number, end: number): boolean {
  const bits = new Int32Array(buffer, byteOffset + 4 * start, end - start);
  let outside = 0;
  for (let i = 0; i < bits.length; i++) outside |= (bitsOfOne - bits[i]!) | bits[i]!;
  return outside >= 0;
}

const bitsOfOne = 0x3f80_0000;

function convert(
  values: Values,
  { maximum, areWhole }: Datatype,
  ink: Float32Array,
  [start, end]: readonly [number, number],
): void {
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    // Negated, so that NaN fails too.
    if (!(value >= 0 && value <= maximum) || (areWhole && !Number.isInteger(value))) {
      const kind = areWhole
        ? `whole numbers from 0 to ${maximum}`
        : 'ink from 0 to 1 (as UINT8 from 0 to 255)';
      throw badTensor(`the values are ${kind}, but number ${i} is ${value}`);
    }
    ink[i] = value / maximum;
  }
}
