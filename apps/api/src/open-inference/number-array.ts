// Reads a JSON array of numbers, nested or not, straight from the bytes into 32 bit. What JSON.parse
// makes of it, rounded, it makes too; what it does not take, JSON.parse has to judge.

export interface NumberArray {
  readonly values: Float32Array;
  /** The lengths, from the outermost array in. */
  readonly dimensions: readonly number[];
  /** The index of the byte after the array. */
  readonly end: number;
}

const deepest = 4;

const [comma, minus, point, zero, open, close] = [0x2c, 0x2d, 0x2e, 0x30, 0x5b, 0x5d];

/** Exact as doubles. */
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * @param start the index of the opening bracket
 * @returns null where the array is not closed, empty, ragged, deeper than four, or holds anything but
 * numbers, or more than `maxValues` of them
 */
export function scanNumberArray(
  bytes: Uint8Array,
  start: number,
  maxValues: number,
): NumberArray | null {
  // A number and what follows it are two bytes at least.
  const values = new Float32Array(Math.min(maxValues, (bytes.length - start) >> 1));
  const counts = new Int32Array(deepest + 1);
  const lengths = new Int32Array(deepest + 1).fill(-1);
  let [depth, leafDepth, count, at] = [0, 0, 0, start];
  let wantsValue = true;
  for (;;) {
    const byte = bytes[at]!;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at++;
    } else if (wantsValue && byte === open) {
      if (depth === deepest || (leafDepth > 0 && depth === leafDepth)) return null;
      counts[++depth] = 0;
      at++;
    } else if (wantsValue) {
      if (count === values.length || (leafDepth > 0 && leafDepth !== depth)) return null;
      leafDepth = depth;
      const end = scanNumber(bytes, at);
      if (end < 0) return null;
      values[count++] = scanned;
      counts[depth]!++;
      wantsValue = false;
      at = end;
    } else if (byte === comma) {
      wantsValue = true;
      at++;
    } else if (byte === close) {
      if (lengths[depth] === -1) lengths[depth] = counts[depth]!;
      else if (lengths[depth] !== counts[depth]) return null;
      at++;
      if (--depth === 0) break;
      counts[depth]!++;
    } else return null;
  }
  const dimensions = Array.from(lengths.subarray(1, leafDepth + 1));
  return { values: values.subarray(0, count), dimensions, end: at };
}

/** What `scanNumber` found: returned this way, since an object for each number would cost more. */
let scanned = 0;

/** @returns the index of the byte after the number in `scanned`; -1 where there is none */
function scanNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  const isNegative = bytes[at] === minus;
  if (isNegative) at++;
  const first = at;
  let mantissa = 0;
  let digit = bytes[at]! - zero;
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digit = bytes[++at]! - zero;
  }
  let digits = at - first;
  if (digits === 0 || (digits > 1 && bytes[first] === zero)) return -1;
  let decimals = 0;
  if (bytes[at] === point) {
    const firstDecimal = ++at;
    digit = bytes[at]! - zero;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++at]! - zero;
    }
    decimals = at - firstDecimal;
    if (decimals === 0) return -1;
    digits += decimals;
  }
  const isScientific = (bytes[at]! | 0x20) === 0x65;
  if (isScientific) {
    at = skipExponent(bytes, at + 1);
    if (at < 0) return -1;
  }
  const value = mantissa / powersOfTen[Math.min(decimals, 22)]!;
  const isSure = !isScientific && digits <= 19 && (mantissa === 0 || roundsSurely(value, mantissa));
  scanned = isSure ? (isNegative ? -value : value) : parseSlowly(bytes, start, at);
  return at;
}

function skipExponent(bytes: Uint8Array, start: number): number {
  let at = start;
  if (bytes[at] === 0x2b || bytes[at] === minus) at++;
  const first = at;
  while (bytes[at]! >= zero && bytes[at]! <= 0x39) at++;
  return at > first ? at : -1;
}

const asDouble = new Float64Array(1);
const asWords = new Uint32Array(asDouble.buffer);
const lowWord = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * Whether the true value becomes the same 32-bit number as this one. Below 2^53 the division's
 * rounding is the only one, as it has to be (Clinger 1990, "How to read floating point numbers
 * accurately"). Above, 19 digits make errors of a few units in the last place of 64 bits, which
 * matter only next to the middle between two 32-bit numbers: where the 29 bits to be rounded off
 * are nearly 100…0.
 */
function roundsSurely(value: number, mantissa: number): boolean {
  if (mantissa <= Number.MAX_SAFE_INTEGER) return true;
  asDouble[0] = value;
  return Math.abs((asWords[lowWord]! & 0x1fff_ffff) - 0x1000_0000) > 64 && value > 1e-30;
}

function parseSlowly(bytes: Uint8Array, start: number, end: number): number {
  return Number(String.fromCharCode(...bytes.subarray(start, end)));
}
