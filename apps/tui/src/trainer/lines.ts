// Splits a stream into lines of bounded length, each passed on as soon as it is complete.

import type { Readable } from 'node:stream';

interface LinesOptions {
  readonly maxCharacters: number;
  readonly onLine: (line: string) => void;
  /** Called for a line that is too long; nothing is read after it. */
  readonly onTooLong: () => void;
}

/** Skips empty lines. Text after the last line break is a line when the stream ends. */
export function readLines(
  stream: Readable,
  { maxCharacters, onLine, onTooLong }: LinesOptions,
): void {
  let rest = '';
  let hasEnded = false;

  function take(lines: readonly string[]): void {
    for (const line of lines) {
      if (hasEnded) return;
      if (line.length > maxCharacters) {
        hasEnded = true;
        onTooLong();
      } else if (line.trim() !== '') onLine(line);
    }
  }

  stream.setEncoding('utf8').on('data', (text: string) => {
    if (hasEnded) return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    take(lines);
    if (rest.length > maxCharacters) take([rest]);
  });
  stream.on('end', () => take([rest]));
}
