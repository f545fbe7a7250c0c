// What can happen to the state, in the words of drawing and asking, not of keys and bytes.

import type { Point, Raster } from '@digits/canvas';
import type { WindowSize } from '../screen/layout.ts';
import type { Prediction } from '../service/answers.ts';
import type { ServiceState } from '../service/service-state.ts';

export type Action =
  | { readonly type: 'stroke-began'; readonly at: Point }
  | { readonly type: 'stroke-continued'; readonly to: Point }
  | { readonly type: 'stroke-ended' }
  /** One step of the keyboard's pen, in pixels. */
  | { readonly type: 'pen-moved'; readonly dx: number; readonly dy: number }
  | { readonly type: 'pen-toggled' }
  | { readonly type: 'cleared' }
  | { readonly type: 'asked'; readonly raster: Raster }
  | { readonly type: 'answered'; readonly raster: Raster; readonly prediction: Prediction }
  | { readonly type: 'ask-failed'; readonly raster: Raster; readonly why: string }
  | { readonly type: 'service-changed'; readonly service: ServiceState }
  | { readonly type: 'window-resized'; readonly window: WindowSize };
