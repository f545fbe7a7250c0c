// Sends the terminal's cursor home before the first frame. Ink enters the alternate screen without
// moving it, and draws from wherever it stands; the mouse would then point beside the canvas.

import { useStdout } from 'ink';
import { useInsertionEffect } from 'react';
import { CURSOR_HOME } from '../terminal/control-sequences.ts';

/** Insertion effects run in the commit before Ink writes its frame: Ink's own useCursor relies on it. */
export function useHomeCursor(): void {
  const { stdout } = useStdout();
  useInsertionEffect(() => {
    stdout.write(CURSOR_HOME);
  }, [stdout]);
}
