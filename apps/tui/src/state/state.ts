// The state: all that the screen shows, as one immutable value.

import type { Raster } from '@digits/canvas';
import {
  type CorrectionCounts,
  type DrawingState,
  emptyInside,
  failureFor,
  type Inside,
  initialDrawing,
  noPrediction,
  type Practice,
  type PredictionState,
  rasterOf,
  shownPrediction,
} from '@digits/client';
import { type CorrectionReview, emptyReview } from './corrections/corrections.ts';
import { type Learning, noLearning } from './learning/learning.ts';
import { noWatch, type Watch } from './learning/watch.ts';
import { drawingMode, type Mode } from './mode.ts';
import type { Notice } from './notice.ts';
import type { ServiceState } from './service-state.ts';
import type { Settings, ThemeChoice } from './settings.ts';
import type { Capabilities, WindowSize } from './terminal.ts';

export interface State extends DrawingState, PredictionState {
  readonly window: WindowSize;
  readonly capabilities: Capabilities;
  /** Whether the user asked for ASCII only. */
  readonly isAscii: boolean;
  readonly settings: Settings;
  /** The theme of the command line, which is not saved, until another one is chosen. */
  readonly sessionTheme: ThemeChoice | undefined;
  readonly mode: Mode;
  readonly isMouseOn: boolean;
  readonly service: ServiceState;
  readonly isExplaining: boolean;
  readonly inside: Inside;
  readonly corrections: CorrectionCounts;
  /** The last corrected drawing. */
  readonly correctedRaster: Raster | undefined;
  readonly review: CorrectionReview;
  readonly learning: Learning;
  readonly watch: Watch;
  readonly notice: Notice | undefined;
  readonly practice: Practice | undefined;
}

/** The parts of the initial state that come from outside. */
export type InitialParts = Pick<
  State,
  'window' | 'capabilities' | 'isAscii' | 'settings' | 'sessionTheme' | 'service'
>;

/** @returns a state with a blank drawing, and the pen up, hidden, in the middle. */
export function initialState(parts: InitialParts): State {
  return {
    ...parts,
    ...noPrediction,
    ...initialDrawing,
    mode: drawingMode,
    isMouseOn: true,
    isExplaining: parts.settings.isExplaining,
    inside: emptyInside,
    corrections: { saved: 0, waiting: 0 },
    correctedRaster: undefined,
    review: emptyReview,
    learning: noLearning,
    watch: noWatch,
    notice: undefined,
    practice: undefined,
  };
}

/** @returns the chosen theme: that of this session, or else that of the settings. */
export function themeChoiceOf({ sessionTheme, settings }: State): ThemeChoice {
  return sessionTheme ?? settings.theme;
}

/** @returns whether the prediction is of an earlier drawing and will not be replaced by itself. */
export function isStale(state: State): boolean {
  const { settings, service } = state;
  const predicted = shownPrediction(state);
  if (predicted === undefined || predicted.raster === rasterOf(state)) return false;
  const isComing = settings.isLive && service.status === 'connected';
  return !isComing || failureOf(state) !== undefined;
}

/** @returns why there is no prediction of the current drawing, if its request failed. */
export function failureOf(state: State): string | undefined {
  return failureFor(state, rasterOf(state));
}
