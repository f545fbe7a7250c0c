// What the panels beside the canvas show.

import type { Prediction } from '@digits/client';
import type { DisplayStyle } from '../display-style.ts';

export interface Answer {
  readonly prediction: Prediction | undefined;
  /** Whether it is about an earlier drawing. */
  readonly isStale: boolean;
  readonly style: DisplayStyle;
}
