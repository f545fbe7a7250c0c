// The type of a style of handwritten digits.

import type { Drawing } from '../strokes/transform.ts';
import type { StyleParameters } from './style-parameters.ts';

/** A style of one digit with continuous parameters. */
export interface StyleFamily {
  /** unique: 'one with a straight flag' */
  readonly name: string;
  /** 0…9 */
  readonly label: number;
  /** how often training draws it, relative to other styles; 1 by default */
  readonly frequency?: number;
  /** Draws the digit at a height of about 1, at any position. */
  readonly draw: (parameters: StyleParameters) => Drawing;
}
