// Finds the array `data` of an input in the JSON of an inference request. It only counts brackets and
// reads names; JSON.parse checks the rest.

const bytes = (text: string) => Buffer.from(text);
const [quote, backslash, colon] = bytes('"\\:') as unknown as [number, number, number];
const [openBrace, closeBrace, openBracket, closeBracket] = bytes('{}[]') as unknown as [
  number,
  number,
  number,
  number,
];

/** Depth of the members of the request, and of an input in its array `inputs`. */
const [requestDepth, inputDepth] = [1, 3];

/** @returns the index of the bracket that opens the array; undefined where there is none */
export function findTensor(json: Buffer): number | undefined {
  let depth = 0;
  let isInInputs = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === openBrace || byte === openBracket) depth++;
    else if (byte === closeBrace || byte === closeBracket) depth--;
    else if (byte === quote) {
      const end = endOfText(json, at);
      const value = valueAfter(json, end);
      if (value !== undefined && depth === requestDepth) {
        isInInputs = isName(json.subarray(at, end), 'inputs');
      } else if (value !== undefined && depth === inputDepth && isInInputs) {
        if (json[value] === openBracket && isName(json.subarray(at, end), 'data')) return value;
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** @returns the index after the closing quote, or the length where it is missing */
function endOfText(json: Buffer, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === quote) return at + 1;
    if (json[at] === backslash) at++;
  }
  return json.length;
}

/** @returns the index of the value that belongs to a text, where the text is a name */
function valueAfter(json: Buffer, end: number): number | undefined {
  const at = skipSpaces(json, end);
  return json[at] === colon ? skipSpaces(json, at + 1) : undefined;
}

function skipSpaces(json: Buffer, start: number): number {
  let at = start;
  while (isSpace(json[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Compares a JSON text, which may have escapes, with a name. */
function isName(text: Buffer, name: string): boolean {
  const plain = text.toString();
  if (!plain.includes('\\')) return plain === `"${name}"`;
  try {
    return JSON.parse(plain) === name;
  } catch {
    return false;
  }
}
