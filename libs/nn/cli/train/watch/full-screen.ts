// The alternate screen of a terminal: frames of rows, of which only the changed ones are written, and keys.

import type { InputStream, OutputStream } from '../../shared/command.ts';

/** A terminal that frames can be drawn on. */
export type Terminal = OutputStream & {
  readonly rows?: number;
  /** in bits, by the environment */
  readonly getColorDepth?: (env: NodeJS.ProcessEnv) => number;
};

/** An open alternate screen. */
export interface FullScreen {
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Draws a frame, from the top left. Each row is as wide as the window. */
  readonly draw: (rows: readonly string[]) => void;
  /** Restores the terminal; further frames are not drawn. */
  readonly close: () => void;
}

/** What happens on the terminal. */
export interface ScreenEvents {
  /** a character; Ctrl+C is '\u0003' */
  readonly onKey: (key: string) => void;
  readonly onResize: () => void;
}

const enter = '\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J';
const leave = '\u{1b}[?25h\u{1b}[?1049l';
const clear = '\u{1b}[2J';
const synchronized = ['\u{1b}[?2026h', '\u{1b}[?2026l'] as const;
const resetStyle = '\u{1b}[0m';

/**
 * Nx's pseudo-terminal replaces characters that its reads split, so each frame writes some rows again, all of
 * them in so many frames: more text at once would be split more often.
 */
const framesUntilAll = 20;

/** Also while nothing is drawn, as in a pause; longer than between the frames of a training. */
const repairMs = 150;

const ctrlZ = '\u{1a}';

/** A job without a shell that could continue it cannot be stopped: the system ignores the signal. */
const maxStopMs = 50;

/** Opens the alternate screen, until `close` or the end of the process. */
export function openFullScreen(
  stdout: Terminal,
  stdin: InputStream,
  { onKey, onResize }: ScreenEvents,
): FullScreen {
  let shown: readonly string[] = [];
  let frames = 0;
  let isOpen = true;
  let isSuspended = false;
  let stopping: NodeJS.Timeout | undefined;
  const onData = (chunk: Buffer | string) => {
    for (const key of String(chunk)) {
      if (key === ctrlZ) suspend();
      else onKey(key);
    }
  };
  const resized = () => {
    shown = [];
    stdout.write(clear);
    onResize();
  };
  /** Ctrl+Z is a key in raw mode: the whole job is stopped, as the terminal itself would do it. */
  const suspend = () => {
    // Windows has neither the signal nor `fg`.
    if (isSuspended || process.platform === 'win32') return;
    isSuspended = true;
    stdin.setRawMode?.(false);
    stdout.write(leave);
    stopping = setTimeout(continued, maxStopMs);
    process.kill(0, 'SIGTSTP');
  };
  /** The process was stopped, by Ctrl+Z or by others, and its shell has changed the terminal. */
  const continued = () => {
    clearTimeout(stopping);
    isSuspended = false;
    // A mode that is set already would not be set again.
    stdin.setRawMode?.(false);
    stdin.setRawMode?.(true);
    stdout.write(enter);
    resized();
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(repair);
    clearTimeout(stopping);
    process.off('exit', close);
    process.off('SIGCONT', continued);
    stdout.off('resize', resized);
    stdin.off('data', onData);
    stdin.setRawMode?.(false);
    stdin.pause();
    stdin.unref?.();
    stdout.write(leave);
  };
  process.once('exit', close);
  process.on('SIGCONT', continued);
  stdin.setRawMode?.(true);
  stdin.on('data', onData);
  stdout.on('resize', resized);
  stdout.write(enter);
  const draw = (rows: readonly string[]) => {
    if (!isOpen || isSuspended) return;
    repair.refresh();
    const again = frames++ % framesUntilAll;
    const changed = rows.flatMap((row, index) =>
      row === shown[index] && index % framesUntilAll !== again
        ? []
        : [`\u{1b}[${index + 1};1H${row}${resetStyle}`],
    );
    shown = rows;
    if (changed.length > 0) stdout.write(synchronized[0] + changed.join('') + synchronized[1]);
  };
  const repair = setTimeout(() => draw(shown), repairMs).unref();
  return {
    size: () => ({ columns: stdout.columns ?? 80, rows: stdout.rows ?? 24 }),
    draw,
    close,
  };
}
