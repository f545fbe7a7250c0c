// The lines that nn:train --watch reads from stdin (JSON Lines): what a program that shows a training asks it
// to do. The end of stdin stops the training, so that it never outlives the program.

import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };

/** A line of stdin, distinguished by `type`. */
export const WatchCommand = Type.Union([
  /** takes effect after the current step; the network can still be asked */
  Type.Object({ type: Type.Literal('pause') }, strict),
  Type.Object({ type: Type.Literal('continue') }, strict),
  /** ends the training as Ctrl+C does */
  Type.Object({ type: Type.Literal('stop') }, strict),
  /** undoes --no-save */
  Type.Object({ type: Type.Literal('save') }, strict),
  /** replaces the picture that is answered in every `probe` event, besides those of --probe */
  Type.Object(
    {
      type: Type.Literal('probe'),
      /** identifies it in the answers */
      picture: Type.String({ maxLength: 100 }),
      /** base64 of 28 × 28 bytes of ink; empty for no picture */
      pixels: Type.String({ maxLength: 2000 }),
    },
    strict,
  ),
]);

export type WatchCommand = Static<typeof WatchCommand>;
