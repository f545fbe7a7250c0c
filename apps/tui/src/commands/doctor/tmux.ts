// tmux keeps the mouse to itself unless it is told otherwise, and only it can say.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const timeoutMs = 1000;

/** @returns whether tmux hands the mouse on; undefined if it does not say */
export async function tmuxMouse(command = 'tmux'): Promise<'on' | 'off' | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ['show-options', '-Av', 'mouse'], {
      timeout: timeoutMs,
    });
    const value = stdout.trim();
    return value === 'on' || value === 'off' ? value : undefined;
  } catch {
    // No tmux in the path, or no server: nothing is known.
    return undefined;
  }
}
