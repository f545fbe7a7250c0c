// What Ink is given as its stdout. Ink writes whole frames; from here the terminal gets the least that
// changes. The canvas is put into the frame here, and is written again without waiting for Ink when
// it has changed. Only for the alternate screen, which belongs to the frame alone.

import { EventEmitter } from 'node:events';
import { CLEAR_SCREEN } from '../../terminal/control-sequences.ts';
import { type Inset, withInset } from '../canvas/canvas-placeholder.ts';
import { withPlainSigns } from '../canvas/plain-signs.ts';
import type { Look } from '../display-style.ts';
import { type Frame, frameOf, frameUpdate, inverseCell, NO_FRAME } from './frame-update.ts';

/** As much of a terminal's output as is used. */
export type TerminalOutput = {
  readonly columns: number;
  readonly rows: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
};

const SYNCHRONIZED = ['\u{1b}[?2026h', '\u{1b}[?2026l'] as const;
const ALTERNATE_SCREEN_OFF = '\u{1b}[?1049l';
const SHOW_CURSOR = '\u{1b}[?25h';
const HIDE_CURSOR = '\u{1b}[?25l';

/** Before a frame Ink erases the former one and moves the cursor: sequences that are no style. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it reads
const MOVES = /^(?:\u001b\[[?\d;]*[A-Za-ln-z])*/;

/** Of those, the modes are the terminal's: the alternate screen, and whether there is a cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it reads
const MODES = /\u001b\[\?(?:1049|25|2004)[hl]/g;

export class FrameOutput extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: TerminalOutput;
  readonly #look: () => Look;
  readonly #canvas: () => Inset | undefined;
  /** What Ink wrote last. */
  #rows: readonly string[] = [];
  #shown: Frame = NO_FRAME;
  #shownCanvas: Inset | undefined;
  #isCanvasDue = false;
  /** What comes back then is not ours to draw on. */
  #isScreenLeft = false;
  /** The sequence that shows the terminal's cursor where it is, if it is shown. */
  #cursorShown = '';

  /**
   * @param look what may be written; without colour no style is, and an inverse cell is the place
   *   of the terminal's own cursor
   * @param canvas the canvas as it is, for the room that frames have for it; the same object until
   *   it changes
   */
  constructor(terminal: TerminalOutput, look: () => Look, canvas: () => Inset | undefined) {
    super();
    this.#terminal = terminal;
    this.#look = look;
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
    const moves = MOVES.exec(text)?.[0] ?? '';
    const frame = text.slice(moves.length);
    const modes = (moves.match(MODES) ?? []).join('');
    if (modes !== '') this.#terminal.write(modes);
    if (modes.includes(ALTERNATE_SCREEN_OFF)) this.#isScreenLeft = true;
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
    this.#shown = NO_FRAME;
    this.#terminal.write(CLEAR_SCREEN);
    this.#update();
  }

  #update(): void {
    const look = this.#look();
    const { colours } = look;
    this.#shownCanvas = this.#canvas();
    const rows = withInset(this.#rows, this.#shownCanvas).map(row => withPlainSigns(row, look));
    const next = frameOf(rows, this.#shown, { columns: this.columns, rows: this.rows });
    const cells = frameUpdate(this.#shown, next, colours);
    const cursor = colours === 'none' ? cursorAt(inverseCell(next)) : '';
    this.#shown = next;
    if (cells === '' && cursor === this.#cursorShown) return;
    const hidden = cursor === '' && this.#cursorShown !== '' ? HIDE_CURSOR : cursor;
    this.#cursorShown = cursor;
    this.#terminal.write(SYNCHRONIZED[0] + cells + hidden + SYNCHRONIZED[1]);
  }
}

function cursorAt(place: ReturnType<typeof inverseCell>): string {
  return place === undefined ? '' : `\u{1b}[${place.row + 1};${place.column + 1}H${SHOW_CURSOR}`;
}
