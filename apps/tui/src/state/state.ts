// All that the screen shows, as one value that the reducer replaces and nobody alters.

import {
  blankDocument,
  type CanvasDocument,
  canvasSide,
  defaultBrush,
  type Raster,
  type Tool,
} from '@digits/canvas';
import { type Learning, noLearning } from './learning.ts';
import { drawingMode, type Mode } from './mode.ts';
import type { Practice } from './practice.ts';
import type { Prediction } from './prediction.ts';
import type { ServiceState } from './service-state.ts';
import type { Settings, ThemeChoice } from './settings.ts';
import type { Capabilities, WindowSize } from './terminal.ts';

/** The keyboard's pen, on the pixel in column x and row y; shown once keys move it. */
export interface KeyboardPen {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
  readonly isShown: boolean;
}

/** A reading and the drawing it is about. Rasters never change, so identity tells drawings apart. */
export interface PredictedDrawing {
  readonly raster: Raster;
  readonly prediction: Prediction;
}

/** What happened last, in words; good news or bad. */
export interface Notice {
  readonly text: string;
  readonly isBad: boolean;
}

/** Corrections that are safe: `saved` counts those of this session, `waiting` those not yet sent. */
export interface Corrections {
  readonly saved: number;
  readonly waiting: number;
}

export interface State {
  readonly window: WindowSize;
  readonly capabilities: Capabilities;
  /** Whether the person asked for nothing but ASCII. */
  readonly isAscii: boolean;
  readonly settings: Settings;
  /** The theme of the command line, which is not kept, until another is chosen. */
  readonly sessionTheme: ThemeChoice | undefined;
  readonly mode: Mode;
  readonly sheet: CanvasDocument;
  /** What the left button and the keyboard's pen do, and how wide. */
  readonly tool: Tool;
  readonly radius: number;
  readonly pen: KeyboardPen;
  readonly isMouseOn: boolean;
  readonly service: ServiceState;
  /** The drawing that the question in flight is about. */
  readonly pendingRaster: Raster | undefined;
  readonly predicted: PredictedDrawing | undefined;
  /** Why the last question has no answer. */
  readonly predictionError: string | undefined;
  readonly isExplaining: boolean;
  readonly corrections: Corrections;
  /** The drawing that was corrected last. */
  readonly correctedRaster: Raster | undefined;
  readonly learning: Learning;
  readonly notice: Notice | undefined;
  readonly practice: Practice | undefined;
}

/** What the app starts with. */
export type InitialParts = Pick<
  State,
  'window' | 'capabilities' | 'isAscii' | 'settings' | 'sessionTheme' | 'service'
>;

/** A blank drawing with the pen up and hidden in the middle. */
export function initialState(beginning: InitialParts): State {
  return {
    ...beginning,
    mode: drawingMode,
    sheet: blankDocument(),
    tool: 'pen',
    radius: defaultBrush.radius,
    pen: { x: canvasSide / 2, y: canvasSide / 2, isDown: false, isShown: false },
    isMouseOn: true,
    pendingRaster: undefined,
    predicted: undefined,
    predictionError: undefined,
    isExplaining: beginning.settings.isExplaining,
    corrections: { saved: 0, waiting: 0 },
    correctedRaster: undefined,
    learning: noLearning,
    notice: undefined,
    practice: undefined,
  };
}

/** @returns the drawing as it is. */
export function rasterOf({ sheet }: Pick<State, 'sheet'>): Raster {
  return sheet.history.present.raster;
}

/** @returns the theme that holds: of this session, or the one that is kept. */
export function themeChoiceOf({ sessionTheme, settings }: State): ThemeChoice {
  return sessionTheme ?? settings.theme;
}
