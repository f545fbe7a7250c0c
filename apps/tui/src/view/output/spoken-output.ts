// The stdout that Ink gets for a screen reader: sentences, which Ink itself erases and writes again when
// they change. They are repeated when another program had the terminal meanwhile.

import { stripVTControlCharacters } from 'node:util';
import type { TerminalOutput } from '../../terminal/suspend.ts';
import { type DisplayStyle, toAscii } from '../display-style.ts';

export interface SpokenOutput {
  readonly stdout: NodeJS.WriteStream;
  /** Writes the last sentences again, where the cursor is. */
  redraw(): void;
}

/**
 * @param stdout for everything but writing: its size and its events
 * @param terminal what is written to; it may discard it
 */
export function createSpokenOutput(
  stdout: NodeJS.WriteStream,
  terminal: Pick<TerminalOutput, 'write'>,
  { glyphs }: Pick<DisplayStyle, 'glyphs'>,
): SpokenOutput {
  let last = '';
  const write: TerminalOutput['write'] = (text, done) => {
    const shown = glyphs === 'ascii' ? toAscii(text) : text;
    if (stripVTControlCharacters(shown).trim() !== '') last = shown;
    return terminal.write(shown, done);
  };
  return {
    stdout: Object.assign(Object.create(stdout), { write }),
    redraw: () => void terminal.write(last),
  };
}
