// What Ink is given as its stdout. Ink writes whole frames; from here the terminal gets the least that
// changes. The canvas is put into the frame here, and is written again without waiting for Ink when
// it has changed. Only for the alternate screen, which belongs to the frame alone.

import { EventEmitter } from 'node:events';
import { clearScreen } from '../../terminal/control-sequences.ts';
import { fillPlaceholder, type Inset } from '../canvas/canvas-placeholder.ts';
import { toDisplayableRow } from '../canvas/plain-signs.ts';
import type { DisplayStyle } from '../display-style.ts';
import { type Frame, frameOf, frameUpdate, inverseCell, noFrame } from './frame-update.ts';

/** As much of a terminal's output as is used. */
export interface TerminalOutput {
  readonly columns: number;
  readonly rows: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

const synchronized = ['\u{1b}[?2026h', '\u{1b}[?2026l'] as const;
const alternateScreenOff = '\u{1b}[?1049l';
const showCursor = '\u{1b}[?25h';
const hideCursor = '\u{1b}[?25l';

/** Before a frame Ink erases the former one and moves the cursor: sequences that are no style. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it reads
const cursorMoves = /^(?:\u001b\[[?\d;]*[A-Za-ln-z])*/;

/** Of those, the modes are the terminal's: the alternate screen, and whether there is a cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it reads
const terminalModes = /\u001b\[\?(?:1049|25|2004)[hl]/g;

export class FrameOutput extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: TerminalOutput;
  readonly #displayStyle: () => DisplayStyle;
  readonly #canvas: () => Inset | undefined;
  /** What Ink wrote last. */
  #rows: readonly string[] = [];
  #shown: Frame = noFrame;
  #shownCanvas: Inset | undefined;
  #isCanvasDue = false;
  /** What comes back then is not ours to draw on. */
  #isScreenLeft = false;
  /** The sequence that shows the terminal's cursor where it is, if it is shown. */
  #cursorShown = '';

  /**
   * @param displayStyle what may be written; without colour no style is, and an inverse cell is the place
   *   of the terminal's own cursor
   * @param canvas the canvas as it is, for the room that frames have for it; the same object until
   *   it changes
   */
  constructor(
    terminal: TerminalOutput,
    displayStyle: () => DisplayStyle,
    canvas: () => Inset | undefined,
  ) {
    super();
    this.#terminal = terminal;
    this.#displayStyle = displayStyle;
    this.#canvas = canvas;
  }

  get columns(): number {
    return this.#terminal.columns;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Takes what Ink writes: a whole frame, or modes, or nothing but a callback. */
  write(text: string, done?: (error?: Error | null) => void): boolean {
    const moves = cursorMoves.exec(text)?.[0] ?? '';
    const frame = text.slice(moves.length);
    const modes = (moves.match(terminalModes) ?? []).join('');
    if (modes !== '') this.#terminal.write(modes);
    if (modes.includes(alternateScreenOff)) this.#isScreenLeft = true;
    if (frame !== '' && frame !== '\n') {
      this.#rows = frame.replace(/\n$/, '').split('\n');
      this.#update();
    }
    return done === undefined ? true : this.#terminal.write('', done);
  }

  /**
   * Writes the canvas if it has changed, once for all that is done in this turn: reports of the
   * mouse that come in one piece cost one update.
   */
  canvasMayHaveChanged(): void {
    if (this.#isCanvasDue) return;
    this.#isCanvasDue = true;
    queueMicrotask(() => {
      this.#isCanvasDue = false;
      if (!this.#isScreenLeft && this.#canvas() !== this.#shownCanvas) this.#update();
    });
  }

  /** The window has another size: all is drawn anew, and Ink is told. */
  resized(): void {
    this.redraw();
    this.emit('resize');
  }

  /** The screen is no longer as it was left: all is drawn anew. */
  redraw(): void {
    this.#shown = noFrame;
    this.#terminal.write(clearScreen);
    this.#update();
  }

  #update(): void {
    const displayStyle = this.#displayStyle();
    const { colours } = displayStyle;
    this.#shownCanvas = this.#canvas();
    const rows = fillPlaceholder(this.#rows, this.#shownCanvas).map(row =>
      toDisplayableRow(row, displayStyle),
    );
    const next = frameOf(rows, this.#shown, { columns: this.columns, rows: this.rows });
    const cells = frameUpdate(this.#shown, next, colours);
    const cursor = colours === 'none' ? cursorAt(inverseCell(next)) : '';
    this.#shown = next;
    if (cells === '' && cursor === this.#cursorShown) return;
    const hidden = cursor === '' && this.#cursorShown !== '' ? hideCursor : cursor;
    this.#cursorShown = cursor;
    this.#terminal.write(synchronized[0] + cells + hidden + synchronized[1]);
  }
}

function cursorAt(place: ReturnType<typeof inverseCell>): string {
  return place === undefined ? '' : `\u{1b}[${place.row + 1};${place.column + 1}H${showCursor}`;
}
