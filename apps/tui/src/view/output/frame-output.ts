// The stdout that Ink gets. Ink writes whole frames; the terminal gets incremental frame updates. The canvas and
// other insets are inserted here, and written again without Ink when they have changed. Only for the
// alternate screen, which holds nothing but the frame.

import { EventEmitter } from 'node:events';
import { clearScreen } from '../../terminal/control-sequences.ts';
import type { TerminalOutput } from '../../terminal/suspend.ts';
import { fillTemplate, type Insets, templateOf } from '../canvas/canvas-placeholder.ts';
import { type DisplayStyle, displayableText } from '../display-style.ts';
import { type Frame, frameOf, frameUpdate, inverseCell, noFrame } from './frame-update.ts';

const synchronized = ['\u{1b}[?2026h', '\u{1b}[?2026l'] as const;
const alternateScreenOff = '\u{1b}[?1049l';
const showCursor = '\u{1b}[?25h';
const hideCursor = '\u{1b}[?25l';

/** Ink erases the previous frame and moves the cursor before a frame: sequences other than styles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
const cursorMoves = /^(?:\u001b\[[?\d;]*[A-Za-ln-z])*/;

/** Modes among them are passed on: alternate screen, cursor, bracketed paste. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
const terminalModes = /\u001b\[\?(?:1049|25|2004)[hl]/g;

export class FrameOutput extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: TerminalOutput;
  readonly #displayStyle: () => DisplayStyle;
  readonly #insets: () => Insets;
  /** The frame that Ink wrote last. */
  #template = templateOf([]);
  #shown: Frame = noFrame;
  #shownInsets: Insets | undefined;
  #areInsetsDue = false;
  /** The main screen must not be drawn on. */
  #isScreenLeft = false;
  /** The sequence that shows the terminal's cursor; empty if it is hidden. */
  #cursorShown = '';

  /**
   * @param displayStyle the current one; without colour no styles are written, and an inverse cell
   *   is the position of the terminal's own cursor
   * @param insets the current ones, for the placeholders of the frames; the same object until one
   *   changes
   */
  constructor(terminal: TerminalOutput, displayStyle: () => DisplayStyle, insets: () => Insets) {
    super();
    this.#terminal = terminal;
    this.#displayStyle = displayStyle;
    this.#insets = insets;
  }

  get columns(): number {
    return this.#terminal.columns;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** Called by Ink with a whole frame, with modes, or with nothing but a callback. */
  write(text: string, done?: (error?: Error | null) => void): boolean {
    const moves = cursorMoves.exec(text)?.[0] ?? '';
    const frame = text.slice(moves.length);
    const modes = (moves.match(terminalModes) ?? []).join('');
    if (modes !== '') this.#terminal.write(modes);
    if (modes.includes(alternateScreenOff)) this.#isScreenLeft = true;
    if (frame !== '' && frame !== '\n') {
      this.#template = templateOf(frame.replace(/\n$/, '').split('\n'));
      this.#update();
    }
    return done === undefined ? true : this.#terminal.write('', done);
  }

  /**
   * Writes the insets that have changed, once a turn of the event loop: several mouse reports that
   * arrive together cost one update.
   */
  insetsMayHaveChanged(): void {
    if (this.#areInsetsDue) return;
    this.#areInsetsDue = true;
    queueMicrotask(() => {
      this.#areInsetsDue = false;
      if (!this.#isScreenLeft && this.#insets() !== this.#shownInsets) this.#update();
    });
  }

  /** Draws everything again for another window size, and has Ink render again. */
  resized(): void {
    this.redraw();
    this.emit('resize');
  }

  /** Draws everything again on a screen that others have written to. */
  redraw(): void {
    this.#shown = noFrame;
    this.#terminal.write(clearScreen);
    this.#update();
  }

  #update(): void {
    const displayStyle = this.#displayStyle();
    const { colours } = displayStyle;
    this.#shownInsets = this.#insets();
    const rows = fillTemplate(this.#template, this.#shownInsets).map(row =>
      displayableText(row, displayStyle),
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
