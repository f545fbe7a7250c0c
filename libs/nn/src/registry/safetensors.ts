// The safetensors format (https://huggingface.co/docs/safetensors, "Format"): the header's length as a
// little-endian uint64, a JSON header, then the bytes of the tensors without gaps. Only F32 is supported,
// the type of the models' tensors. Every length is checked before use.

import Type from 'typebox';
import Value from 'typebox/value';
import { NnError, type NnErrorCode } from '../errors.ts';
import { parseJson } from '../parse-json.ts';

/** A float32 tensor. */
export interface Tensor {
  readonly shape: readonly number[];
  /** row-major, as many values as the product of the shape */
  readonly values: Float32Array;
}

/** The content of a safetensors file. */
export interface SafetensorsContent {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Maximum header size, far above that of any model here; the format's own limit is 100 MB. */
const maxHeaderBytes = 1 << 20;

const lengthBytes = 8;

const Metadata = Type.Record(Type.String(), Type.String());

const TensorEntry = Type.Object(
  {
    dtype: Type.Literal('F32'),
    shape: Type.Array(Type.Integer({ minimum: 0, maximum: 2 ** 31 }), { maxItems: 8 }),
    data_offsets: Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })]),
  },
  { additionalProperties: false },
);

/** Matches a tensor of another type, for the error message. */
const OtherType = Type.Object({ dtype: Type.String({ pattern: '^(?!F32$)' }) });

/** Encodes tensors in the order of the map. The same content gives the same bytes. */
export function encodeSafetensors({ metadata, tensors }: SafetensorsContent): Uint8Array {
  let offset = 0;
  const entries = [...tensors].map(([name, { shape, values }]) => {
    const data_offsets = [offset, offset + values.byteLength];
    offset += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets }];
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const header = Buffer.from(json);
  // Spaces after the header align the tensors to 8 bytes, as the specification requires.
  const headerLength = Math.ceil(header.length / 8) * 8;
  const bytes = Buffer.alloc(lengthBytes + headerLength + offset, ' ');
  bytes.writeBigUInt64LE(BigInt(headerLength));
  header.copy(bytes, lengthBytes);
  let at = lengthBytes + headerLength;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Decodes and validates a file.
 *
 * @returns the content; tensors at addresses that are multiples of 4 are views of the bytes, the others
 * copies
 * @throws NnError with a code for each kind of malformed file: `model-truncated`, `model-header-too-large`,
 * `model-header-malformed`, `model-tensors-misplaced`, `model-wrong-type`, `model-wrong-shape`,
 * `model-not-finite`
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContent {
  const { header, data } = splitHeader(bytes);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!Value.Check(Metadata, metadata))
    throw malformed('model-header-malformed', 'the metadata are not all strings');
  const tensors = new Map<string, Tensor>();
  let end = 0;
  for (const [name, entry] of sortByOffset(entries)) {
    const [from, to] = entry.data_offsets;
    const length = entry.shape.reduce((product, dimension) => product * dimension, 1);
    if (from !== end)
      throw malformed(
        'model-tensors-misplaced',
        `tensor ${name} starts at ${from}, expected ${end}`,
      );
    if (to > data.byteLength) {
      throw malformed(
        'model-truncated',
        `tensor ${name} ends at ${to}, but the data ends at ${data.byteLength}`,
      );
    }
    if (to - from !== 4 * length) {
      throw malformed(
        'model-wrong-shape',
        `tensor ${name} [${entry.shape}] needs ${4 * length} bytes, has ${to - from}`,
      );
    }
    tensors.set(name, { shape: entry.shape, values: readFloats(data, from, length, name) });
    end = to;
  }
  if (end !== data.byteLength) {
    throw malformed(
      'model-tensors-misplaced',
      `${data.byteLength - end} bytes after the last tensor`,
    );
  }
  return { metadata, tensors };
}

function splitHeader(bytes: Uint8Array): { header: Record<string, unknown>; data: DataView } {
  if (bytes.byteLength < lengthBytes)
    throw malformed('model-truncated', `${bytes.byteLength} bytes, expected 8 or more`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getBigUint64(0, true);
  const rest = bytes.byteLength - lengthBytes;
  if (headerLength > maxHeaderBytes) {
    throw malformed(
      'model-header-too-large',
      `${headerLength} bytes, expected at most ${maxHeaderBytes}`,
    );
  }
  if (headerLength > rest) {
    throw malformed(
      'model-truncated',
      `a header of ${headerLength} bytes, but only ${rest} bytes follow`,
    );
  }
  const start = lengthBytes + Number(headerLength);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + lengthBytes, Number(headerLength));
  const header = parseJson(text.toString());
  if (!Value.Check(Type.Record(Type.String(), Type.Unknown()), header)) {
    throw malformed(
      'model-header-malformed',
      'the header is not a JSON object, or nested too deeply',
    );
  }
  const data = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  return { header, data };
}

function sortByOffset(entries: Record<string, unknown>) {
  return Object.entries(entries)
    .map(([name, entry]) => {
      if (!Value.Check(TensorEntry, entry)) {
        const described = `tensor ${name} is described as ${JSON.stringify(entry)}`;
        throw Value.Check(OtherType, entry)
          ? malformed('model-wrong-type', `${described}, expected dtype F32`)
          : malformed('model-header-malformed', described);
      }
      return [name, entry] as const;
    })
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
}

/** Reads floats without byte swapping: Node.js and the format are little-endian on all supported platforms. */
function readFloats(data: DataView, from: number, length: number, name: string): Float32Array {
  const values = floatsAt(data.buffer, data.byteOffset + from, length);
  if (areFinite(values)) return values;
  const at = values.findIndex(value => !Number.isFinite(value));
  throw malformed('model-not-finite', `tensor ${name} contains ${values[at]} at index ${at}`);
}

/** Sums 0 · value, which is NaN if any value is not finite; faster than testing each value. */
function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  return sum === 0;
}

function floatsAt(buffer: ArrayBufferLike, at: number, length: number): Float32Array {
  const isAligned = at % Float32Array.BYTES_PER_ELEMENT === 0;
  if (isAligned) return new Float32Array(buffer, at, length);
  return new Float32Array(Uint8Array.from(new Uint8Array(buffer, at, 4 * length)).buffer);
}

function malformed(code: NnErrorCode, what: string): NnError {
  return new NnError(code, `not a valid safetensors file: ${what}`);
}
