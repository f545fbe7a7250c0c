// JSON from files that anyone may have written, nested only so deep that recursion over the value is safe:
// JSON.parse accepts 100,000 levels, and JSON.stringify overflows the stack on them.

/** The files of this library have six levels. */
const maxDepth = 32;

/** @returns undefined if the text is not JSON, or is nested too deeply */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        inString = !inString;
        break;
      case 0x5c: // \ hides the character after it
        i++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!inString && ++depth > maxDepth) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!inString) depth--;
        break;
    }
  }
  return false;
}
