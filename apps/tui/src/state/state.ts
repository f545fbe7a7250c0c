// All that the screen shows, as one value that the reducer replaces and nobody alters.

import { blankRaster, type Point, type Raster, SIDE } from '@digits/canvas';
import type { WindowSize } from '../screen/layout.ts';
import type { Prediction } from '../service/answers.ts';
import type { ServiceState } from '../service/service-state.ts';

/** The keyboard's pen, on the pixel in column x and row y; shown once keys move it. */
export type KeyboardPen = {
  readonly x: number;
  readonly y: number;
  readonly isDown: boolean;
  readonly isShown: boolean;
};

/** A reading and the drawing it is about. Rasters never change, so identity tells drawings apart. */
export type Answer = { readonly raster: Raster; readonly prediction: Prediction };

export type State = {
  readonly window: WindowSize;
  readonly raster: Raster;
  /** Where the mouse's stroke has got to, while its button is down. */
  readonly strokeEnd: Point | undefined;
  readonly pen: KeyboardPen;
  readonly service: ServiceState;
  /** The drawing that the question in flight is about. */
  readonly asked: Raster | undefined;
  readonly answer: Answer | undefined;
  /** Why the last question has no answer. */
  readonly failure: string | undefined;
};

/** A blank drawing with the pen up and hidden in the middle. */
export function initialState(window: WindowSize, service: ServiceState): State {
  return {
    window,
    raster: blankRaster(),
    strokeEnd: undefined,
    pen: { x: SIDE / 2, y: SIDE / 2, isDown: false, isShown: false },
    service,
    asked: undefined,
    answer: undefined,
    failure: undefined,
  };
}
