// Takes pictures of a session's screen, one after the other.

import { setTimeout } from 'node:timers/promises';
import xterm from '@xterm/headless';
import type { TerminalSession } from '../test/end-to-end/support/terminal-session.ts';
import type { Caption } from './caption-bar.ts';
import { readGrid } from './cells.ts';
import type { Shot } from './film-svg.ts';
import type { WindowSize } from './open-app.ts';

export interface Camera {
  readonly shots: readonly Shot[];
  /** The caption of the pictures from now on. */
  caption(caption: Caption): void;
  /** Takes a picture that is shown for some seconds. */
  shoot(seconds: number, pointer?: Shot['pointer']): Promise<void>;
  /** Waits until nothing was written for some time. */
  settle(quietMs?: number, maxMs?: number): Promise<void>;
}

const frameBegins = '\u{1b}[?2026h';
const frameEnds = '\u{1b}[?2026l';

/** Longer than a prediction takes on a busy machine. */
const defaultQuietMs = 400;
const defaultMaxMs = 5000;

export function createCamera(session: TerminalSession, { columns, rows }: WindowSize): Camera {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  const shots: Shot[] = [];
  let current: Caption = { keys: [], text: '', chapter: 0 };
  let shown = 0;
  return {
    shots,
    caption(caption) {
      current = caption;
    },
    async shoot(seconds, pointer) {
      const written = session.written();
      const end = completeLength(written);
      await new Promise<void>(resolve => terminal.write(written.slice(shown, end), resolve));
      shown = end;
      shots.push({ grid: readGrid(terminal), caption: current, seconds, pointer });
    },
    async settle(quietMs = defaultQuietMs, maxMs = defaultMaxMs) {
      const end = Date.now() + maxMs;
      let before = -1;
      while (before !== session.written().length && Date.now() < end) {
        before = session.written().length;
        await setTimeout(quietMs);
      }
    },
  };
}

/** The length of the output without a frame that has only begun. */
function completeLength(written: string): number {
  const begun = written.lastIndexOf(frameBegins);
  return begun > written.lastIndexOf(frameEnds) ? begun : written.length;
}
