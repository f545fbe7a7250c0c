// The terminal's mouse: its modes, and what its reports mean. Pixels are asked for only when the
// terminal has said that it knows them and how large a cell is. From the moment of switching on,
// reports may still be in cells: the terminal is asked again behind it, and its answer stands in
// the input exactly between the last report in cells and the first in pixels.

import {
  mouseOff,
  mouseOn,
  pixelMouseMode,
  pixelsOn,
  queryCellSize,
  queryMode,
} from './control-sequences.ts';
import type { MouseEvent } from './mouse-report.ts';
import type { TerminalResponse } from './terminal-response.ts';

export interface Mouse {
  /** Whether the person wants it; while the terminal is not ours, nothing is written. */
  readonly isEnabled: boolean;
  enable(): void;
  disable(): void;
}

export type MouseModes = Mouse & {
  /** The terminal is ours, in raw mode: the mouse comes on if it is wanted. */
  take(): void;
  /** The terminal is about to be given up: every mode goes off. */
  release(): void;
  /** The window has changed, and with it perhaps the size of a cell. */
  resized(): void;
  handleResponse(answer: TerminalResponse): void;
  /** @returns the event in cells, or nothing for a place that cannot be. */
  toCells(event: MouseEvent): MouseEvent | undefined;
};

/** @param write to the terminal */
export function createMouse(write: (sequence: string) => void): MouseModes {
  let isEnabled = true;
  let isTaken = false;
  let knowsPixels = false;
  let cell: { readonly width: number; readonly height: number } | undefined;
  let arePixels = false;

  function switchOn(): void {
    if (!isTaken || !isEnabled) return;
    write(mouseOn);
    askForPixels();
  }

  function switchOff(): void {
    arePixels = false;
    if (isTaken && isEnabled) write(mouseOff);
  }

  function askForPixels(): void {
    if (!isTaken || !isEnabled || !knowsPixels || cell === undefined) return;
    write(pixelsOn + queryMode(pixelMouseMode));
  }

  return {
    get isEnabled() {
      return isEnabled;
    },
    enable() {
      if (isEnabled) return;
      isEnabled = true;
      switchOn();
    },
    disable() {
      switchOff();
      isEnabled = false;
    },
    take() {
      isTaken = true;
      switchOn();
    },
    release() {
      switchOff();
      isTaken = false;
    },
    resized() {
      if (isTaken && knowsPixels) write(queryCellSize);
    },
    handleResponse(answer) {
      if (answer.type === 'cell-size') {
        const isFirst = cell === undefined;
        cell = answer;
        if (isFirst) askForPixels();
      } else if (answer.type === 'mode' && answer.mode === pixelMouseMode) {
        const isFirst = !knowsPixels;
        knowsPixels = answer.setting === 'on' || answer.setting === 'off';
        arePixels = answer.setting === 'on' && isEnabled;
        if (isFirst) askForPixels();
      }
    },
    toCells(event) {
      if (!arePixels || cell === undefined) return event.x < 0 || event.y < 0 ? undefined : event;
      // The middle of the pixel, which is never a whole number of cells.
      const x = (event.x + 0.5) / cell.width;
      const y = (event.y + 0.5) / cell.height;
      return { ...event, x, y };
    },
  };
}
