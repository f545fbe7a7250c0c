// The terminal's mouse: its modes, and the conversion of its reports to cells. Pixel reports are
// switched on when the terminal supports them and the size of a cell is known. The mode is queried right
// after that: in the input, the response separates the last report in cells from the first in pixels.

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
  /** Whether the person wants the mouse; while the terminal is released, nothing is written. */
  readonly isEnabled: boolean;
  enable(): void;
  disable(): void;
}

export type MouseModes = Mouse & {
  /** The terminal is in raw mode: switches the mouse on if it is enabled. */
  take(): void;
  /** The terminal is about to be released: switches every mode off. */
  release(): void;
  /** The window has changed, and perhaps the size of a cell. */
  resized(): void;
  handleResponse(response: TerminalResponse): void;
  /** @returns the event in cells; undefined for a position outside the screen */
  toCells(event: MouseEvent): MouseEvent | undefined;
};

/** @param write to the terminal */
export function createMouse(write: (sequence: string) => void): MouseModes {
  let isEnabled = true;
  let isTaken = false;
  let supportsPixels = false;
  let cell: { readonly width: number; readonly height: number } | undefined;
  let arePixels = false;

  function switchOn(): void {
    if (!isTaken || !isEnabled) return;
    write(mouseOn);
    requestPixels();
  }

  function switchOff(): void {
    arePixels = false;
    if (isTaken && isEnabled) write(mouseOff);
  }

  function requestPixels(): void {
    if (!isTaken || !isEnabled || !supportsPixels || cell === undefined) return;
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
      if (isTaken && supportsPixels) write(queryCellSize);
    },
    handleResponse(response) {
      if (response.type === 'cell-size') {
        const isFirst = cell === undefined;
        cell = response;
        if (isFirst) requestPixels();
      } else if (response.type === 'mode' && response.mode === pixelMouseMode) {
        const isFirst = !supportsPixels;
        supportsPixels = response.setting === 'on' || response.setting === 'off';
        arePixels = response.setting === 'on' && isEnabled;
        if (isFirst) requestPixels();
      }
    },
    toCells(event) {
      if (!arePixels || cell === undefined) return event.x < 0 || event.y < 0 ? undefined : event;
      // The middle of the pixel is never an integer number of cells.
      const x = (event.x + 0.5) / cell.width;
      const y = (event.y + 0.5) / cell.height;
      return { ...event, x, y };
    },
  };
}
