// The output to a terminal that knows no control sequences (TERM=dumb): the sentences that are new, one
// below the other, where other terminals erase what was there.

import type { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';

/** @param term TERM */
export function isPlain(term: string | undefined): boolean {
  return term === 'dumb';
}

/** From now on every write to the terminal passes through `createPlainText`. */
export function writePlainly(stdout: Pick<WriteStream, 'write'>): void {
  const plainText = createPlainText();
  const write = stdout.write.bind(stdout);
  const writeString = (text: string | Uint8Array, done?: (error?: Error | null) => void) =>
    write(typeof text === 'string' ? plainText(text) : text, done);
  stdout.write = writeString as WriteStream['write'];
}

/** @returns a function of the text of one frame that gives its lines that the former one did not have */
export function createPlainText(): (frame: string) => string {
  let former: readonly string[] = [];
  return frame => {
    const text = stripVTControlCharacters(frame);
    if (text.trim() === '') return '';
    const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
    const added = lines.filter(line => !former.includes(line));
    former = lines;
    return added.map(line => `${line}\n`).join('');
  };
}
