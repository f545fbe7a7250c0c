// The lines of a stream, each handed on as it comes, none of them longer than what is bearable.

import type { Readable } from 'node:stream';

interface LinesOptions {
  readonly maxCharacters: number;
  readonly onLine: (line: string) => void;
  /** A line is too long; nothing is read after that. */
  readonly onTooLong: () => void;
}

/** Empty lines are none. What comes after the last line break is a line when the stream ends. */
export function readLines(
  stream: Readable,
  { maxCharacters, onLine, onTooLong }: LinesOptions,
): void {
  let rest = '';
  let isOver = false;

  function take(lines: readonly string[]): void {
    for (const line of lines) {
      if (isOver) return;
      if (line.length > maxCharacters) {
        isOver = true;
        onTooLong();
      } else if (line.trim() !== '') onLine(line);
    }
  }

  stream.setEncoding('utf8').on('data', (text: string) => {
    if (isOver) return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    take(lines);
    if (rest.length > maxCharacters) take([rest]);
  });
  stream.on('end', () => take([rest]));
}
