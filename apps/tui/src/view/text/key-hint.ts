// The hint of a key: in a line with others, and the key at a column of it.

/** Keys, with spaces between them, and what they do. */
export type KeyHint = readonly [keys: string, meaning: string];

/** Hints side by side. */
export type KeyLine = readonly KeyHint[];

/** Between two hints. */
export const hintGap = '  ';

/** @returns the hints as text. */
export function lineOf(hints: KeyLine): string {
  return hints.map(hint => hint.join(' ')).join(hintGap);
}

/** @returns the key whose hint is at a column of a line: the key itself, or the first one of a label. */
export function keyInLine(hints: KeyLine, column: number): string | undefined {
  let start = 0;
  for (const hint of hints) {
    const { length } = hint.join(' ');
    if (column >= start && column < start + length) return keyInHint(hint, column - start);
    start += length + hintGap.length;
  }
  return undefined;
}

/** @returns the key at a column of the keys of a hint, else its first one. */
export function keyInHint([keys]: KeyHint, column: number): string | undefined {
  const names = keys.split(' ').filter(name => name !== '');
  let start = 0;
  for (const name of names) {
    start = keys.indexOf(name, start);
    if (column >= start && column < start + name.length) return name;
    start += name.length;
  }
  return names[0];
}
